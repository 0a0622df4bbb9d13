# needs: userns overlay
# When init is killed from outside, nacre tells 137 and all of the box is gone.
mkfifo fifo
nacre run --rm -- bash -c 'setsid sleep 62 & echo ready; sleep 62' >fifo &
pid=$!
read -r _ <fifo
kill -KILL "$(box_init $pid)"
status=0 && wait $pid || status=$?
[ "$status" -eq 137 ] || fail "status $status"
