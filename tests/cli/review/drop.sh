# needs: userns overlay tool:tmux review
# A change is dropped from the box after a question; what is taken stays so, and the base is as it was.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/review.sh"
review_box
review_open 80x24 rev
review_shows '^ nacre review rev'
review_type j j j j Space k d
review_screen 'drop src/gone.c'
review_type x
review_shows 'space take'
"$NACRE" status --name-only rev | grep -q gone.c || fail "it was dropped without a yes"
review_type d y
review_screen '^1 change dropped'
review_type g j d y
review_screen '^1 change dropped'
review_type q
review_screen '^status 0'
"$NACRE" status --name-only rev | sed "s,$PWD/,,; s,$HOME/,~/,"
ls src
review_again rev
review_shows '^ nacre review rev'
review_type d y k d y k d y
review_screen '^status 0'
"$NACRE" status rev
