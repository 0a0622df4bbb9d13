# needs: userns overlay
# A directory or the same link that is there already is fine; anything else in the way is an error.
small_root root
expect_status 0 box root --rm --dir /etc --symlink usr/bin /x --symlink usr/bin /x -- true
expect_status 125 box root --rm --dir /etc/file -- true
expect_no_match '\[bug\]'
expect_status 125 box root --rm --symlink other /etc/file -- true
expect_no_match '\[bug\]'
