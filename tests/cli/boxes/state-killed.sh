# needs: userns overlay
# A box whose run was killed, with a name and without: what it wrote is there.
killed()
{
	nacre run -q "$@" sh -c 'echo >/var/tmp/written; echo >ready; sleep 60' &
	cat ready >/dev/null
	kill -KILL $!
	wait $! || true
}

mkfifo ready
killed -b "$T" -n named
wait_until sh -c 'nacre ls | grep -q "^named  *killed"'
killed -b "$T"
wait_until sh -c '[ "$(nacre ls | grep -c " killed ")" -eq 2 ]'
expect_status 0 nacre inspect
expect_match ', killed$'
expect_match '^  changes   1, '
nacre rm --all
rmdir "$XDG_STATE_HOME/nacre/live" "$XDG_STATE_HOME/nacre/boxes"
