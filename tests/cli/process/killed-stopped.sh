# needs: userns overlay
# Killing nacre also ends a box whose command is stopped.
mkfifo fifo
nacre run --rm -- bash -c 'echo ready; kill -STOP $$' >fifo &
read -r _ <fifo
sleep 0.1
kill -KILL $!
wait $! || true
