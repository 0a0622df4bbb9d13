# needs: userns overlay
# Signals sent to nacre reach the command, which decides about them.
cat >trap.sh <<'END'
for s in HUP INT QUIT USR1 USR2 WINCH TERM; do
	trap "echo $s >>'$1'; last=$s" $s
done
echo ready >"$1"
while [ "${last-}" != TERM ]; do
	sleep 0.1 &
	wait $!
done
exit 33
END
: >seen
# A background command of a shell without job control would ignore INT and QUIT.
env --default-signal=INT,QUIT nacre run --rm -b "$T/seen" -- bash trap.sh "$T/seen" &
pid=$!
wait_until grep -q ready seen
for s in HUP INT QUIT USR1 USR2 WINCH TERM; do
	kill -$s $pid
	wait_until grep -q $s seen
done
wait $pid || status=$?
[ "$status" -eq 33 ] || fail "status $status"
[ "$(wc -l <seen)" -eq 8 ] || fail "a signal came twice: $(cat seen)"
