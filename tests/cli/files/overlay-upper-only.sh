# needs: userns overlay
# upper= without a layer captures what is written to what is there.
small_root root
mkdir up
expect_output base box root -o /etc,upper=up -- sh -c 'cat /etc/file; echo new >/etc/file; rm -f /etc/none'
[ "$(cat up/file root/etc/file)" = "new
base" ] || fail "written to the wrong place"
