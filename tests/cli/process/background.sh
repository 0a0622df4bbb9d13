# needs: userns overlay
# In the background of a shell, and without a terminal, a run goes on and tells its status.
nacre run --rm -- sh -c 'sleep 0.2; exit 9' &
status=0 && wait $! || status=$?
[ "$status" -eq 9 ] || fail "status $status"
expect_status 8 setsid --wait nacre run --rm -- sh -c 'exit 8'
