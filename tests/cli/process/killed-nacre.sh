# needs: userns overlay
# The death of nacre by SIGKILL ends all that is in its box.
mkfifo fifo
nacre run --rm -- bash -c 'setsid sleep 61 & sleep 61 & echo ready; wait' >fifo &
read -r _ <fifo
kill -KILL $!
status=0 && wait $! || status=$?
[ "$status" -eq 137 ] || fail "status $status"
wait_until sh -c '! grep -lsz "^NACRE_TEST_CASE=$T\$" /proc/[0-9]*/environ | xargs -r -n1 dirname |
	xargs -r -I{} cat {}/comm 2>/dev/null | grep -q sleep'
