# needs: user userns overlay outside
# --seed makes a directory of the system writable, --no-seed leaves one as it is.
expect_status 0 nacre run --rm --seed /usr/share -- touch /usr/share/nacre-test-file
expect_status 0 nacre run --rm -- sh -c '! touch /usr/share/nacre-test-file 2>/dev/null'
expect_status 0 nacre run --rm --no-seed=/usr/local -- sh -c '! touch /usr/local/nacre-test-file 2>/dev/null'
expect_status 0 nacre run --rm --no-seed -- sh -c '! touch /usr/local/nacre-test-file 2>/dev/null'
[ ! -e /usr/share/nacre-test-file ] || fail "the host was written"
