# needs: userns
# The host's later mounts are seen, as always; none of the mounts is seen outside.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
mkdir src ready bound
with_mounts '
	. "$SOURCE/tests/lib/stand-in.sh"
	mount --bind src src
	mount --make-shared src
	mkdir src/later
	mkfifo ready/go
	overlayns -m rbind,src,bound -m tmpfs,none,src/own,mkdir=never sh -c "echo never" || echo "no such place: $?"
	mkdir src/own
	overlayns -m rbind,src,bound -m tmpfs,none,src/own sh -c "touch ready/now; cat ready/go; ls src/later bound/later" >out &
	wait_until test -e ready/now
	! grep " $T/src/own " /proc/self/mountinfo || fail "the mount is seen outside"
	mount -t tmpfs none src/later
	touch src/later/arrived
	echo go >ready/go
	wait $!
	umount src/later
	expect_output "go
bound/later:
arrived

src/later:
arrived" cat out
'
