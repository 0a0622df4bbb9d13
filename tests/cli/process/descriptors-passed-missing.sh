# needs: userns overlay
# A descriptor to pass that is not open is an error, never a silent nothing.
expect_status 125 nacre run --rm --pass-fd 77 -- true
expect_match 'descriptor 77'
