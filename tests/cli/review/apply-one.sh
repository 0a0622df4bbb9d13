# needs: userns overlay tool:tmux review
# One of three changes is taken and applied: the base has exactly that one, the box the others, and undo takes it back.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/review.sh"
mkdir home/project
cd home/project
printf 'one\n' >a
printf 'two\n' >b
printf 'three\n' >c
"$NACRE" run -q -n rev -o "$HOME,shadow" -- sh -c 'echo 1 >a; echo 2 >b; rm c; echo "export B=2" >"$HOME/.profile"'
review_open 80x12 rev
review_shows '^ nacre review rev'
review_type p
review_screen '^nothing is taken'
review_type j j Space p
review_screen 'Apply what is taken'
review_type n
review_shows '1 taken'
grep two b
review_type p y
review_screen '^1 change applied'
grep . a b c
! [ -e ../.profile ] || fail "what was not taken is applied"
review_type G Space p
review_screen 'may run by themselves'
review_type q q
review_screen '^status 0'
"$NACRE" status --name-only rev | sed "s,$PWD/,,; s,$HOME/,~/,"
"$NACRE" undo -q
grep two b
