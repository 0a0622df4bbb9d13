# needs: userns overlay
# What killed runs and commits left.
state=$XDG_STATE_HOME/nacre
mkfifo ready
killed()
{
	nacre run -q -b "$T" sh -c "$1; echo >ready; sleep 60" &
	cat ready >/dev/null
	kill -KILL $!
	wait $! || true
}

killed true
killed 'echo >/var/tmp/written'
wait_until sh -c '! nacre ls | grep -q running'
# The second run has cleaned up after the first; so make it anew.
killed true
wait_until sh -c '! nacre ls | grep -q running'
mkdir -p "$state/undo/20260101-begun" "$state/undo/20260102-whole" "$state/undo/20260103-held"
printf 'x' >"$state/undo/20260101-begun/0"
printf 'nacre-undo 1\nbox lezel\nend\n' >"$state/undo/20260102-whole/journal"
mkfifo go
(flock 9; touch held; cat go) 9<"$state/undo/20260103-held" &
wait_until test -e held

nacre gc --dry-run >report
[ "$(grep -c '^would remove: box [a-z]*, .* killed before it changed anything$' report)" -eq 1 ]
grep -q '^would remove: commit 20260101-begun, .*killed before it began$' report
[ -d "$state/undo/20260101-begun" ]
nacre gc | sed 's/^removed:/would remove:/; s/^kept:/would keep:/; s/^freed:/would free:/' >went
diff report went
[ -z "$(ls -A "$state/live")" ]
[ "$(echo "$state"/undo/*)" = "$state/undo/20260102-whole $state/undo/20260103-held" ]
[ "$(nacre __complete boxes | wc -l)" -eq 1 ]
expect_output '' nacre gc
expect_error usage-extra-word nacre gc all
echo >go
wait
nacre rm --all
