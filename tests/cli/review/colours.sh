# needs: userns overlay tool:tmux review
# Letters have git's colours and the mark is red; NO_COLOR and a terminal without colours have none, and can be read.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/review.sh"
review_box
red=$'\033[31m' green=$'\033[32m'
review_open 80x24 rev
review_shows '^ nacre review rev'
tmux_of_case capture-pane -pe >"$T/tmp/colours"
grep -qF "${green}A" "$T/tmp/colours" || fail "A is not green"
grep -qF "${red}D" "$T/tmp/colours" || fail "D is not red"
grep -qE $'\033\\[1m\033\\[31m!|\033\\[1;31m!' "$T/tmp/colours" || fail "! is not bold and red"
for variable in NO_COLOR=1 TERM=vt100; do
	review_type q
	review_shows '^status 0'
	review_again "$variable" rev
	review_shows '^ nacre review rev'
	tmux_of_case capture-pane -pe >"$T/tmp/colours"
	! grep -qE $'\033\\[(1;)?[349][0-7]' "$T/tmp/colours" || fail "$variable has colours"
	grep -qF '/.profile' "$T/tmp/colours" || fail "$variable shows no tree"
done
