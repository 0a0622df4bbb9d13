# needs: userns overlay
# A missing source is an error; optional skips it; ensure makes it, for the user alone.
small_root root
expect_error bind-source-missing box root -b none:/data -- true
expect_output 'bin' box root -b none:/data:optional -- sh -c '! test -e /data && echo bin'
expect_status 0 box root -b made/deep:/data:ensure -- sh -c 'echo x >/data/file'
[ "$(cat made/deep/file)" = x ] || fail "it was not made"
[ "$(stat -c %a made/deep)" = 700 ] || fail "others may enter it"
