# needs: userns overlay
# A removal that was killed: the box is none any more, and gc or the next removal of that name removes the rest.
boxes=$XDG_STATE_HOME/nacre/boxes
rest()
{
	nacre run -q -n fix touch new
	mv "$boxes/fix" "$boxes/.removed-fix"
}

rest
expect_output '' nacre ls
expect_error box-unknown nacre rm fix
nacre run -q -n fix touch new
expect_output '' nacre rm fix
[ -z "$(ls -A "$boxes")" ]
rest
expect_status 0 nacre gc --dry-run
expect_match '^would remove: box fix, [0-9.]+ KB, what a removal left$'
[ -d "$boxes/.removed-fix" ]
expect_status 0 nacre gc
expect_match '^removed: box fix, '
expect_match '^freed: [0-9.]+ KB$'
[ -z "$(ls -A "$boxes")" ]
expect_output '' nacre gc
