# needs: userns overlay
# Without a pid namespace of its own, the command dies with init, and nacre tells 137.
nacre run --rm --share pid -- sleep 64 &
pid=$!
wait_until sh -c "cat /proc/$pid/task/$pid/children | grep -q ."
wait_until runs_as "$(box_init $pid)" nacre
wait_until sh -c "grep -q . /proc/$(box_init $pid)/task/$(box_init $pid)/children"
wait_until runs_as "$(box_command $pid)" sleep
kill -KILL "$(box_init $pid)"
status=0 && wait $pid || status=$?
[ "$status" -eq 137 ] || fail "status $status"
