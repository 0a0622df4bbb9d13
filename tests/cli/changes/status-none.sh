# needs: userns overlay
# No box at all; a box without a change; one that is running.
expect_error box-none nacre status
nacre run -n b -- true
expect_output 'box b: 0 changes' nacre status b
nacre run -n b -- sh -c 'touch made; echo ready >"$0"; sleep 60' "$T/tmp/unused" &
run=$!
wait_until sh -c 'nacre status --porcelain b 2>/dev/null | grep -q made'
expect_status 0 nacre status b
expect_match 'box b is running'
expect_match 'A made'
kill $run
wait $run || true
