# needs: userns overlay tool:tmux tool:getfattr review
# Looking, taking and leaving change neither the box nor the base.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/review.sh"
review_box
cp -a "$HOME" "$T/tmp/home"
review_open 80x24 rev
review_shows '^ nacre review rev'
review_type a / m a i n Enter Enter q '?' x p n d n q
review_screen '^status'
same_tree "$HOME" "$T/tmp/home"
