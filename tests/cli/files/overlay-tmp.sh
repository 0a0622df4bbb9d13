# needs: userns overlay
# tmp: what is written ends with the run; shadow: the place itself is the top layer.
small_root root
mkdir low
echo low >low/file
echo low >low/other
expect_output new box root -o /o,lower=low,tmp -- sh -c 'echo new >/o/file; cat /o/file'
expect_output 'base low' box root -o /etc,lower=low,shadow -- sh -c 'echo $(cat /etc/file /etc/other)'
expect_status 0 box root -o /etc,tmp -- sh -c 'rm /etc/file && ! test -e /etc/file'
[ "$(cat low/file root/etc/file)" = "low
base" ] || fail "a layer was written"
[ -z "$(ls home/.local/state/nacre/boxes 2>/dev/null)" ] || fail "a box was kept"
