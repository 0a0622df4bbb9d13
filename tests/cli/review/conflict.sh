# needs: userns overlay tool:tmux review
# What was changed outside since the box began is not overwritten: the conflicts are listed and nothing is applied, unless
# that is asked for twice.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/review.sh"
review_box
printf 'mine\n' >src/main.c
review_open 80x16 rev
review_shows '^ nacre review rev'
review_type a p y
review_screen 'Nothing was applied: 1 conflict'
review_type x
review_screen '5 taken'
! [ -e new ] || fail "something was applied"
review_type p y
review_shows 'Nothing was applied'
review_type F
review_screen 'overwrite'
review_type n
review_shows '5 taken'
grep mine src/main.c
review_type p y
review_shows 'Nothing was applied'
review_type F y
review_screen '^status 0'
cat src/main.c
