# needs: userns overlay tool:tmux review
# ? tells the keys, and nacre-review(1) has the same.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/review.sh"
review_box
review_open 80x40 rev
review_shows '^ nacre review rev'
review_type '?'
review_screen '^ Keys'
tmux_of_case capture-pane -p | sed -nE 's/^(.{16}) ([^ ].*)/\1|\2/p' | sed 's/ *|/|/' >"$T/tmp/help"
[ "$(wc -l <"$T/tmp/help")" -gt 10 ] || fail "the help is not understood"
while IFS='|' read -r keys _; do
	grep -qF -e "[[ *$keys*" -e "|  *$keys*" "$SOURCE/man/nacre-review.1.scd" ||
		fail "nacre-review(1) lacks $keys"
done <"$T/tmp/help"
review_type Down Up q
review_shows '^ nacre review rev'
