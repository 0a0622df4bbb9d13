# needs: userns overlay tool:tmux review
# The tree of changes on the left, the content of the one under the cursor beside it; taken and partly taken; folding.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/review.sh"
review_box
review_open 80x24 rev
review_screen '^ nacre review rev'
review_type j j j j Space
review_screen '1 taken'
review_type k k k Enter j Space
review_screen '2 taken'
review_type g j l j l j
review_screen '│ A new/sub/b'
review_type h h a
review_screen '5 taken'
review_type n G
review_screen '0 taken'
review_type Enter j l l l l
review_screen '.cache/app/c'
