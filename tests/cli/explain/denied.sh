# needs: user userns overlay outside
# Paths of another user.
[ ! -x /root ] || exit 0
expect_error path-not-searchable nacre run -b /root/x:/mnt true
expect_match '/root belongs to user 0'
expect_error path-denied nacre run --file-from /etc/shadow /mnt/x true
