# needs: userns overlay
# -o DST captures writes to DST in the box, on a base that is otherwise the host's for real.
mkdir dir
echo old >dir/file
expect_status 0 nacre run --rw -o "$T/dir" -- sh -c 'echo new >dir/file; echo real >beside'
[ "$(cat dir/file beside)" = "old
real" ] || fail "written to the wrong place"
name=$(ls home/.local/state/nacre/boxes)
expect_output new nacre run --rw -n "$name" -o "$T/dir" -- cat dir/file
