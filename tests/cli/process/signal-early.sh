# needs: userns overlay
# SIGTERM at any moment of the set-up ends nacre, and the command with it.
for delay in 0 0.001 0.002 0.003 0.004 0.005 0.007 0.01 0.015; do
	nacre run --rm -- sleep 60 &
	sleep $delay
	kill -TERM $!
	status=0 && wait $! || status=$?
	[ "$status" -eq 143 ] || fail "after $delay: status $status"
done
