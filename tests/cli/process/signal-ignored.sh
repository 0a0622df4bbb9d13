# needs: userns overlay
# A command that ignores SIGTERM lives on; SIGKILL of nacre ends it.
mkfifo fifo
nacre run --rm -- bash -c 'trap "" TERM; echo ready; sleep 67; sleep 67' >fifo &
read -r _ <fifo
kill -TERM $!
sleep 0.3
kill -0 $! || fail "nacre ended"
kill -KILL $!
wait $! || true
