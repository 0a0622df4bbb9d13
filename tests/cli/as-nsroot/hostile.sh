# needs: userns overlay
# Links in the new root lead nothing to the host.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
small_root root
mkdir vol host
ln -s "$T/host" root/out
ln -s ../../../../../../../../.. root/up
echo vol >vol/file
before=$(find host)
expect_status 125 nsroot_in root -v "$T/vol:/out" -- true
expect_status 0 nsroot_in root -v "$T/vol:/up/place" -- cat /place/file
[ "$(find host)" = "$before" ] || fail "something was made on the host"
