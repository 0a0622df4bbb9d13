# needs: userns overlay tool:tmux review
# Without a terminal, or with one that cannot be drawn on, the message says what else to use.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/review.sh"
review_box
expect_error review-no-terminal "$NACRE" review rev
expect_match 'nacre status'
review_open 100x24 rev
for type in nowhere dumb; do
	review_shows '^ nacre review rev'
	review_type q
	review_shows '^status 0'
	review_again TERM=$type rev
	review_shows 'is not known'
	review_shows '^status 125'
	review_again rev
done
review_shows '^ nacre review rev'
