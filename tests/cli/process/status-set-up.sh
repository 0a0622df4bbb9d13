# needs: userns overlay
# A set-up that fails is 125, also where the command would have ended so.
expect_status 125 nacre run --rm -b "$T/missing:/mnt" -- true
expect_match '^nacre: cannot '
expect_status 125 nacre run --rm --root "$T/missing" -- true
