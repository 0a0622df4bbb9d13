# needs: userns overlay
# upper=DIR receives the writes, with a work directory of the user's or one that goes again.
small_root root
mkdir low up work
echo low >low/file
expect_status 0 box root -o /o,lower=low,upper=up -- sh -c 'echo new >/o/file; touch /o/more'
[ "$(cat up/file low/file)" = "new
low" ] || fail "written to the wrong place"
[ "$(ls -A)" = "$(printf '%s\n' home low root run tmp up work)" ] || fail "it left $(ls -A)"
expect_output new box root -o /o,lowerdir=low,upperdir=up,workdir=work -- cat /o/file
[ "$(ls -A up)" = "$(printf 'file\nmore')" ] || fail "it left $(ls -A up)"
rm -rf work
