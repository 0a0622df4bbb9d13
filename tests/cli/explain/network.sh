# needs: userns overlay
# The loopback device of a new network cannot be brought up.
expect_error net-loopback "$REFUSE" ioctl:EPERM -- nacre run --net none true
