# needs: userns overlay
# Runs, lists and removals of one box at once: each works, or is refused as in use.
run_often()
{
	local i

	for ((i = 0; i < 25; i++)); do
		"$@" >/dev/null 2>>"$T/errors" || echo $? >>"$T/statuses"
	done
}

: >errors
: >statuses
run_often nacre run -q -n fix touch new &
run_often nacre ls &
run_often nacre rm fix &
run_often nacre run -q true &
wait
grep -vE 'cannot use the box fix|there is no box|^  (facts|fix) ' errors >others || true
[ ! -s others ] || fail "$(cat others)"
! grep -vx 125 statuses
