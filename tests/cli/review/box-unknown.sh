# needs: userns overlay tty review
# What cannot be shown is said before the screen is taken.
"$NACRE" run -q -n rev -- touch file
keep on_terminal env TERM=xterm "$NACRE" review other
[ "$status" -eq 125 ] || fail_with_output "status $status"
expect_match 'other'
keep on_terminal env TERM=xterm "$NACRE" review rev elsewhere
[ "$status" -eq 125 ] || fail_with_output "status $status"
expect_match 'change-unknown'
"$NACRE" run -q -n empty -- true
keep on_terminal env TERM=xterm "$NACRE" review empty
[ "$status" -eq 0 ] || fail_with_output "status $status"
expect_match 'box empty holds no change'
