# needs: userns overlay tool:tmux review
# A search goes to what is typed while it is typed, opens what is folded, and goes on with the arrows or / Enter.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/review.sh"
review_box
review_open 80x12 rev
review_shows '^ nacre review rev'
review_type / b
review_screen '^/b'
review_type BSpace m A
review_screen '^/mA'
review_type i z
review_screen 'not found'
review_type BSpace BSpace Down
review_shows '│ M src/main.c'
review_type C-u c Up
review_screen '│ caches/c|~/.cache'
review_type Enter / Enter
review_shows '│ src/'
review_type / n o t h i n g Enter
review_screen '^not found: nothing'
review_type / n e w Escape
review_screen '│ src/'
