# needs: userns overlay
# Without a pid namespace of its own, the end of nacre ends all that the box began, daemons too.
mkfifo fifo
nacre run --rm --share pid -- bash -c '
	setsid bash -c "sleep 64 & sleep 64" & echo ready; exec sleep 64' >fifo &
read -r _ <fifo
sleep 0.2
kill -KILL $!
wait $! || true
