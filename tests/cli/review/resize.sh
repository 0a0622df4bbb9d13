# needs: userns overlay tool:tmux review
# Below 60 columns there is one pane at a time; nothing is too small; the screen follows the window, also one that was
# resized while the review was stopped.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/review.sh"
review_box
review_open 80x24 rev
review_shows '^ nacre review rev'
review_type j j j j
review_shows '^.*│ M src/main.c'
review_resize 50 10
review_screen 'space take .*>$'
review_type Tab
review_screen '^M src/main.c'
review_resize 20 5
review_screen '^@@ -1,3 '
review_type Tab
review_screen 'main.c'
review_resize 4 2
review_resize 1 1
review_type q
review_resize 80 24
review_shows '^status 0'
terminal_type "clear; $NACRE review rev" Enter
review_shows '^ nacre review rev'
review_type C-z
review_resize 100 8
review_shows 'Stopped'
review_resize 90 9
review_type 'clear; fg' Enter
review_screen 'space take .* q leave$'
