# needs: userns overlay
# A -w that is missing is an error; where the caller's directory is, the command starts in /.
expect_status 125 nacre run --rm -w /no/such/place -- true
expect_match '/no/such/place'
expect_output / nacre run --rm --tmpfs "${T%/*}" -- pwd
