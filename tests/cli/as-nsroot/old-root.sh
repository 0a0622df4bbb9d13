# needs: userns overlay outside
# -k: the old root is at the place of -o, else at /mnt; without -k nothing is left of it.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
small_root root
mkdir root/mnt root/old
touch outside
expect_status 0 nsroot_in root -k -- test -e "/mnt$T/outside"
expect_status 0 nsroot_in root -k -o /old -- test -e "/old$T/outside" -a ! -e "/mnt$T"
expect_status 0 nsroot_in root --keep-old-root --old-root=/old/ -- sh -c 'touch "/old$1/written" && ls /old/proc/self' sh "$T"
[ -e written ] || fail "the old root cannot be written"
# It is the host as it was: the new root is not mounted in it.
expect_status 0 nsroot_in root -k -- test ! -e /mnt/etc/file -a -d /mnt/proc/sys
expect_status 0 nsroot_in root -k -r -- sh -c '! touch /x 2>/dev/null && touch "$1/again"' sh "/mnt$T"
# A volume may lie in it.
expect_output base nsroot_in root -k -v "$T/root/etc:/mnt/mnt" -- cat /mnt/mnt/file
expect_status 0 nsroot_in root -o /old -- test ! -e "/old$T" -a ! -e "/mnt$T"
# The place need not be there.
expect_status 0 nsroot_in root -k -o /new/place -- test -e "/new/place$T/outside"
[ ! -e root/new ] || fail "it was made in the root"
expect_error 255 plan-target-relative nsroot -o old root true
expect_error 255 plan-target-root nsroot -o / root true
expect_error 255 plan-target-root nsroot -o /x/.. root true
