# needs: userns overlay
# A command without handlers ends by the signal sent to nacre, which tells it.
ulimit -c 0
for pair in HUP:129 INT:130 QUIT:131 USR1:138 USR2:140 TERM:143; do
	mkfifo "fifo-$pair"
	env --default-signal=INT,QUIT \
		nacre run --rm -- bash -c 'echo; exec sleep 60' >"fifo-$pair" &
	read -r _ <"fifo-$pair"
	wait_until runs_as "$(box_command $!)" sleep # bash itself ignores QUIT
	kill "-${pair%:*}" $!
	status=0 && wait $! || status=$?
	[ "$status" -eq "${pair#*:}" ] || fail "${pair%:*}: status $status"
done
