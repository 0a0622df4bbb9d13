# needs: userns overlay newuidmap tool:tmux review
# Files of subordinate ids, and directories that nobody may read, are looked at, applied and dropped like others, one after
# the other.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/review.sh"
mkdir home/project
cd home/project
printf '1\n' >a
"$NACRE" run -q --as-root -n rev -o "$HOME,shadow" -- sh -c '
	echo 2 >a
	echo c >given && chown 5:5 given
	mkdir secret && echo s >secret/s && chmod 0 secret'
review_open 80x24 rev
review_shows '^ nacre review rev'
review_type j Space p y
review_shows '^1 change applied'
grep 2 a
review_type g j d y
review_shows '^1 change dropped'
review_type g j Space p y
review_shows '^status 0'
[ "$(stat -c %a secret)" = 0 ] && chmod 700 secret && cat secret/s
! [ -e given ] || fail "what was dropped is there"
