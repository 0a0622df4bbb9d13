# needs: user userns overlay
# A working directory of another user that only its owner may enter.
[ ! -x /root ] || exit 0
expect_error workdir-denied nacre run -w /root true
