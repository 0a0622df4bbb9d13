# needs: userns overlay
# --grace: a command that is asked to end and does not is killed after so long; one that does in time has its own status. Without the
# option it may take all its time.
# asked SECONDS SIGNAL COMMAND: nacre with that grace is sent the signal once the command says "ready"; its status is in $status, what
# it took in $took (milliseconds).
asked()
{
	local options=() begin line

	[ "$1" = none ] || options=(--grace "$1")
	rm -f fifo && mkfifo fifo
	nacre run --rm "${more[@]}" "${options[@]}" -- bash -c "$3" >fifo &
	exec 4<fifo
	read -r line <&4
	[ "$line" = ready ] || fail "it says: $line"
	begin=$(date +%s%3N)
	kill "-$2" $!
	status=0
	wait $! || status=$?
	took=$(($(date +%s%3N) - begin))
	exec 4<&-
}
deaf='trap "" TERM INT HUP QUIT; echo ready; sleep 30 & wait; sleep 30'
for namespaces in own pid; do
	more=()
	[ $namespaces = own ] || more=(--share pid)
	for signal in TERM INT HUP QUIT; do
		asked 0.3 $signal "$deaf"
		[ "$status" -eq 137 ] && [ $took -ge 290 ] && [ $took -lt 5000 ] || fail "$signal: status $status after $took ms"
	done
	asked 0 TERM "$deaf"
	[ "$status" -eq 137 ] && [ $took -lt 1000 ] || fail "0: status $status after $took ms"
	asked 20 TERM 'trap "exit 7" TERM; echo ready; sleep 30 & wait'
	[ "$status" -eq 7 ] && [ $took -lt 5000 ] || fail "in time: status $status after $took ms"
	# Another signal does not begin it, and a second one does not begin it again.
	asked 0.2 USR1 'trap : USR1; echo ready; sleep 1 & wait; wait; exit 9'
	[ "$status" -eq 9 ] || fail "USR1: status $status"
done
more=()
asked none TERM 'trap : TERM; echo ready; sleep 1 & wait; wait; exit 9'
[ "$status" -eq 9 ] || fail "without it: status $status"
expect_error value-seconds nacre run --grace soon true
