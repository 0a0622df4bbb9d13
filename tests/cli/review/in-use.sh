# needs: userns overlay tool:tmux review
# A box that runs can be looked at; applying says who uses it, and the review goes on.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/review.sh"
review_box
"$NACRE" run -q -n rev -o "$HOME,shadow" -- sleep 50 &
running=$!
wait_until sh -c "'$NACRE' status rev 2>&1 | grep -q running"
review_open 80x24 rev
review_shows '^ nacre review rev \(running\)'
review_type a p y
review_shows 'another process uses the box'
review_type '>' '>' '>'
review_shows 'box-in-use'
review_type x
review_shows '5 taken'
review_type q
review_shows '^status 0'
kill $running
wait $running || [ $? -eq 143 ]
