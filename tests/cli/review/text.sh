# needs: userns overlay tool:tmux review
# A text longer and wider than its pane is scrolled both ways, and nothing in it acts on the terminal.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/review.sh"
mkdir home/project
cd home/project
"$NACRE" run -q -n rev -- sh -c '
	printf "tab\there \033[31mred \033]0;title\007 \302\233 \377 \342\200\256rtl \303\251\r\n" >text
	for i in $(seq 100); do
		printf "%03d a line that is much longer than the pane that it is in, so that its end cannot be seen at first\n" $i
	done >>text'
review_open 80x12 rev
review_shows '^ nacre review rev'
review_type j
review_screen '│ A text'
review_type J
review_screen '│ \+007'
review_type '>' '>'
review_screen '│ <.*>$'
review_type K '<' '<' '<'
review_screen '│ <001|│ \+001|│ @@'
review_type Enter G
review_screen '^\+100'
review_type k C-u g
review_screen '^@@'
review_type Left
review_shows '│ A text'
! tmux_of_case display-message -p '#{pane_title}' | grep -q title || fail 'the text has set the title'
