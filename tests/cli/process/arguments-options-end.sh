# needs: userns overlay
# Options end at the command; its own are not nacre's, and a -- after it is its own.
expect_output '-n --rm -- x' nacre run --rm printf '%s' '-n --rm -- x'
expect_output '-- --rm' nacre run --rm sh -c 'echo "$@"' sh -- --rm
