# needs: userns overlay
# -r: nothing in NEWROOT can be written; volumes can.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
small_root root
mkdir root/a vol
expect_status 0 nsroot_in root -r -v "$T/vol:/a" -- sh -c '! touch /new 2>/dev/null && ! touch /etc/file 2>/dev/null && touch /a/new'
[ -e vol/new ] || fail "the volume was not written"
expect_status 0 nsroot_in root --read-only -v "$T/vol:/made" -- sh -c '! touch /new 2>/dev/null && touch /made/again'
expect_status 0 nsroot -r / sh -c '! touch "$1/new" 2>/dev/null' sh "$T"
[ ! -e new ] && [ ! -e root/new ] && [ ! -e root/made ] || fail "something was made"
