# needs: userns overlay tool:tmux review
# Names of any bytes are shown as a status shows them, in UTF-8 and without.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/review.sh"
mkdir home/project
cd home/project
"$NACRE" run -q -n rev -- bash -c '. "$0/tests/lib/harness.sh"; hostile_tree hostile; touch hostile/é hostile/日本' "$SOURCE"
review_open 80x40 rev
review_shows '^ nacre review rev'
review_type j l a
review_screen '1 taken'
review_type q
review_shows '^status 0'
review_again LC_ALL=C rev
review_shows '^ nacre review rev'
review_type j l G
review_screen 'xe6'
