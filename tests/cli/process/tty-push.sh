# needs: userns overlay tty
# Nothing in the box can type into the caller's terminal, not by any spelling of the request.
expect_status 0 on_terminal nacre run --rm -- "$PUSH"
for way in TIOCSTI TIOCLINUX; do
	expect_match "^$way: Operation not permitted"
	expect_match "^$way with high bits: Operation not permitted"
done
expect_status 0 on_terminal nacre run --rm --cap-add sys_admin,sys_tty_config -- "$PUSH"
expect_no_match ": done"
