# needs: user userns overlay
# A directory of the base that belongs to root and cannot be copied up.
expect_error owner-not-mapped nacre run --no-seed --dir /usr/share/nacre-test true
