# needs: userns overlay tool:tmux review
# A signal ends a review with the terminal as it was; Ctrl-Z stops it as any job.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/review.sh"
review_box
review_open 80x12 rev
for signal in TERM:143 HUP:129 QUIT:131 INT:130; do
	review_shows '^ nacre review rev'
	pkill "-${signal%:*}" -x nacre-review -t "$(tmux_of_case display-message -p '#{s,/dev/,,:pane_tty}')"
	review_shows "^status ${signal#*:}"
	terminal_shows 'nothing was applied' || fail "$signal: it is not said that nothing was applied"
	! terminal_shows 'not as it was' || fail "$signal leaves the terminal as it is"
	review_again rev
done
review_shows '^ nacre review rev'
review_type q
review_shows '^status 0'
# A shell waits until the first process of a job is stopped: the script would be, before the screen is given back.
terminal_type "clear; $NACRE review rev" Enter
review_shows '^ nacre review rev'
review_type j Space
review_shows '1 taken'
review_type C-z
review_shows 'Stopped'
review_type 'clear; fg' Enter
review_shows '1 taken'
