# needs: user userns overlay
# -u runs as another number, which stands for the caller outside.
expect_output 0:0 nacre run --rm -u 0 -- sh -c 'echo $(id -u):$(id -g)'
expect_output 5:6 nacre run --rm -u 5:6 -- sh -c 'echo $(id -u):$(id -g)'
expect_output 7 nacre run --rm -u 7 -- id -u
mkdir out
expect_status 0 nacre run --rm -u 5:6 -b "$T/out" -- touch out/file
owner=$(stat -c %u:%g out/file)
[ "$owner" = "$(id -u):$(id -g)" ] || fail "its owner is $owner"
expect_status 125 nacre run -u nobody-at-all -- true
expect_status 125 nacre run -u -1 -- true
