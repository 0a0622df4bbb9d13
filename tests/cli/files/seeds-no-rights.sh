# needs: user userns overlay
# A box gives no right over the host's files that the user does not have outside.
expect_status 0 nacre run --rm -- sh -c '! touch /etc/nacre-test-file 2>/dev/null'
expect_status 0 nacre run --rm -- sh -c '! touch /usr/bin/nacre-test-file 2>/dev/null'
expect_status 0 nacre run --rm -- sh -c '! cat /etc/shadow 2>/dev/null'
expect_status 0 nacre run --rm -u 0 -- sh -c '! cat /etc/shadow 2>/dev/null'
