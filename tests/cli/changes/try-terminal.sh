# needs: userns overlay tty
# On a terminal: the list, the questions, hunks; what is not taken stays in the box.
mkdir d
cd d
seq 30 >numbers && echo gone >gone && echo same >kept
answer()
{
	printf '%s\n' "$@" | on_terminal nacre try --color never -- sh -c '
		sed -i -e s/^2\$/two/ -e s/^28\$/twenty-eight/ numbers; rm gone; echo more >>kept; mkdir new; touch new/file' |
		tr -d '\r' >../out
}

answer k
grep -q '\[a\]pply, \[d\]iff, \[s\]elect, \[k\]eep, \[q\] discard?' ../out
[ -e gone ] || fail 'k applied something'
nacre rm --all
answer d q
grep -q '^+twenty-eight' ../out && grep -q 'everything was dropped' ../out
expect_error box-none nacre status
answer '?' k
grep -q 'a: apply all' ../out
nacre rm --all
# gone: no; kept: yes; new: no, and the hunks of numbers: the second alone.
answer s n y n s n y
[ -e gone ] && [ ! -e new ] && [ "$(cat kept)" = 'same
more' ] || fail 'the wrong changes were applied'
grep -qx twenty-eight numbers && grep -qx 2 numbers || fail 'the wrong hunk was applied'
nacre status --porcelain | sed "s,$T/,,"
nacre diff d/numbers numbers 2>/dev/null | grep '^[-+]' || nacre diff '' numbers | grep '^[-+]'
answer a
grep -q 'applied; take back with' ../out
[ ! -e gone ] && [ -e new/file ]
