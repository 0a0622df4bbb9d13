# needs: user userns overlay outside
# The directory of the boxes would have to be made where the caller may not write.
expect_error state-not-writable env XDG_STATE_HOME=/nacre-test nacre run true
expect_match '/ belongs to user 0'
