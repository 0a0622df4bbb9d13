# needs: userns overlay
# nacre works in a box of nacre's, three deep, and in a user namespace of another's making.
expect_status 9 nacre run --rm -- nacre run --rm -- nacre run --rm -- sh -c 'exit 9'
expect_output 'deep' nacre run --rm -- nacre run --rm -- sh -c 'echo deep >file; cat file'
[ ! -e file ] || fail "it was written outside"
