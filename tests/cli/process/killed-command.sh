# needs: userns overlay
# When the command is killed from outside, nacre tells 137 and what the command left goes too.
mkfifo fifo
nacre run --rm -- bash -c 'setsid sleep 63 & echo ready; exec sleep 63' >fifo &
read -r _ <fifo
init=$(tr -d " " <"/proc/$!/task/$!/children")
read -r command _ < <(cat "/proc/$init/task/$init/children" && echo)
kill -KILL "$command"
status=0 && wait $! || status=$?
[ "$status" -eq 137 ] || fail "status $status"
