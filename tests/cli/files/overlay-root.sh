# needs: userns overlay
# An overlay at / is the root.
small_root root
mkdir up
set -- -b /usr:ro
expect_output base nacre run -o "/,lower=root,upper=up" "$@" -- sh -c 'cat /etc/file; echo new >/etc/file'
[ "$(cat up/etc/file root/etc/file)" = "new
base" ] || fail "written to the wrong place"
expect_status 0 nacre run -o "/,lower=root" "$@" -- sh -c '! touch /new 2>/dev/null'
