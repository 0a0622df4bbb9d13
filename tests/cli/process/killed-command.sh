# needs: userns overlay
# When the command is killed from outside, nacre tells 137 and what the command left goes too.
mkfifo fifo
nacre run --rm -- bash -c 'setsid sleep 63 & echo ready; exec sleep 63' >fifo &
pid=$!
read -r _ <fifo
kill -KILL "$(box_command $pid)"
status=0 && wait $pid || status=$?
[ "$status" -eq 137 ] || fail "status $status"
