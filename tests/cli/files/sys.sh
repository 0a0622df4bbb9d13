# needs: userns overlay
# --sys: with the host's network read-only from outside, with its own a fresh one.
small_root root
expect_status 0 box root --sys /s -- sh -c 'test -d /s/class/net && grep " /s ro" /proc/self/mountinfo'
expect_status 0 box root --net none --sys /s -- sh -c 'ls /s/class/net; grep " /s ro" /proc/self/mountinfo'
expect_match '^lo$'
expect_match ' - sysfs '
expect_no_match '^eth'
