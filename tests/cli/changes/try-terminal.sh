# needs: userns overlay tty
# On a terminal: the list, the questions, hunks; what is not taken stays in the box.
export NACRE_PAGER=
mkdir d
cd d
seq 30 >numbers && echo gone >gone && echo same >kept
cat >../job <<'EOF'
sed -i -e 's/^2$/two/' -e 's/^28$/twenty-eight/' numbers
rm gone
echo more >>kept
mkdir new
touch new/file
EOF
answer()
{
	printf '%s\n' "$@" | on_terminal nacre try --color never -- sh ../job | tr -d '\r' >../out
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
# gone: no; kept: yes; new: no; of the two hunks of numbers the second.
answer s n y n s n y
[ -e gone ] && [ ! -e new ] && [ "$(cat kept)" = 'same
more' ] || fail 'the wrong changes were applied'
grep -qx twenty-eight numbers && grep -qx 2 numbers || fail 'the wrong hunk was applied'
nacre status --porcelain | sed "s,$T/,,"
nacre diff --relative . | grep '^[-+]'
nacre rm --all
answer a
grep -q 'applied; take back with' ../out
[ ! -e gone ] && [ -e new/file ]
