# needs: userns overlay tool:tmux review
# When all is applied there is nothing more to look at; so it is when only some of it was asked for.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/review.sh"
review_box
review_open 80x24 rev src
review_screen '2 changes, 0 taken'
review_type a p y
review_screen '^status'
cat src/main.c
ls src
"$NACRE" status --name-only rev | sed "s,$PWD/,,; s,$HOME/,~/,"
review_again rev
review_shows '3 changes, 0 taken'
review_type a p y
review_screen '^status'
"$NACRE" status rev
