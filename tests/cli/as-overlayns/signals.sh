# needs: userns overlay
# Signals reach the command, and it does not outlive overlayns.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
mkdir m low
cat >work <<'Y'
trap 'echo term; exit 3' TERM
trap 'echo int; exit 4' INT
trap 'echo hup; exit 5' HUP
echo ready
while :; do sleep 0.1; done
Y
for words in '' '-o m,lowerdir=low,tmp'; do
	for signal in TERM/3 INT/4 HUP/5; do
		rm -f fifo
		mkfifo fifo
		# shellcheck disable=SC2086 # words
		env --default-signal nacre as overlayns $words sh work >fifo &
		pid=$!
		exec 3<fifo
		read -r _ <&3
		kill -s "${signal%/*}" $pid
		status=0
		wait $pid || status=$?
		[ $status -eq "${signal#*/}" ] || fail "$words $signal: status $status"
		exec 3<&-
	done
	rm -f fifo
	mkfifo fifo
	# shellcheck disable=SC2086 # words
	KILL_MARK="killed$words" nacre as overlayns $words sh work >fifo &
	pid=$!
	read -r _ <fifo
	kill -KILL $pid
	wait $pid || true
	gone()
	{
		! grep -lsazE "^KILL_MAR[K]=killed$words\$" /proc/[0-9]*/environ
	}
	wait_until gone
done
