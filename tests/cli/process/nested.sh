# needs: userns overlay outside
# nacre works in a box of nacre's; a third one shares the second's files, as the kernel stacks
# overlays no deeper.
expect_status 9 nacre run --rm -- nacre run --rm -- sh -c 'exit 9'
expect_output 'deep' nacre run --rm -- nacre run --rm -- sh -c 'echo deep >file; cat file'
expect_status 8 nacre run --rm -- nacre run --rm -- nacre run --rw -- sh -c 'echo x >file; exit 8'
[ ! -e file ] || fail "it was written outside"
expect_error overlay-stacking nacre run --rm -- nacre run --rm -- nacre run --rm -- true
