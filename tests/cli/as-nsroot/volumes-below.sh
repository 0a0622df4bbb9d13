# needs: userns overlay
# Mounts below a volume or the root come along, and ro makes all of them read-only; locked flags stay.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
small_root root
mkdir -p root/a src/sub root/below
with_mounts '
	. "$SOURCE/tests/lib/stand-in.sh"
	mount -t tmpfs none src/sub
	mount -t tmpfs -o nosuid,nodev,noexec none root/below
	touch src/sub/there root/below/there
	expect_status 0 nsroot_in root -v "$T/src:/a:ro" -- sh -c "[ -e /a/sub/there ] && ! touch /a/sub/new 2>/dev/null && touch /below/new"
	expect_status 0 nsroot_in root -v "$T/src:/a" -- touch /a/sub/new
	expect_status 0 nsroot_in root -r -v "$T/src:/a" -- sh -c "! touch /below/new2 2>/dev/null && touch /a/sub/new2"
	expect_status 0 nsroot_in root -r -v /proc:/proc -- grep " /below ro,nosuid,nodev,noexec," /proc/self/mountinfo
'
