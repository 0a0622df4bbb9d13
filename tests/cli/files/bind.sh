# needs: userns overlay
# A bind shows the source, and what is written there is written in the source.
small_root root
mkdir src
echo before >src/file
expect_output before box root -b src:/data -- sh -c 'cat /data/file; echo after >/data/file'
[ "$(cat src/file)" = after ] || fail "the source was not written"
