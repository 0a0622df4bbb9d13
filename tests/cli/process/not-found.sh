# needs: userns overlay
# A command that is not there is 127: by name, by path, by an empty name.
expect_status 127 nacre run --rm -- no-such-command
expect_match '^nacre: cannot run no-such-command'
expect_status 127 nacre run --rm -- ./no-such-command
expect_status 127 nacre run --rm -- /etc/passwd/below
expect_status 127 nacre run --rm -- ''
expect_status 127 nacre run --rm -e PATH=/nowhere -- true
