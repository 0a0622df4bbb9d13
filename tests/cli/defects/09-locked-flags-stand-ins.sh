# needs: userns overlay
# Defect 9: a remount that did not repeat the flags locked outside was refused.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
small_root root
mkdir src m root/a
with_mounts '
	. "$SOURCE/tests/lib/stand-in.sh"
	mount -t tmpfs -o nosuid,nodev,noexec,noatime none src
	expect_status 0 overlayns -m bind,src,m -m ,none,m,remount,bind,ro grep " $T/m ro,nosuid,nodev,noexec,noatime " /proc/self/mountinfo
	expect_status 0 overlayns -m bind,src,m,ro grep " $T/m ro,nosuid,nodev,noexec,noatime " /proc/self/mountinfo
	expect_status 0 overlayns -m ,none,src,remount,bind,ro grep " $T/src ro,nosuid,nodev,noexec,noatime " /proc/self/mountinfo
	expect_status 0 nsroot_in root -v "$T/src:/a:ro" -v /proc:/proc -- grep " /a ro,nosuid,nodev,noexec,noatime " /proc/self/mountinfo
	mkdir root/proc
	mount --bind root root
	mount -o remount,bind,nosuid,nodev root
	expect_status 0 nsroot_in root -r -v /proc:/proc -- grep " / ro,nosuid,nodev," /proc/self/mountinfo
	expect_status 0 "$REFUSE" fsopen,open_tree,move_mount,mount_setattr,fsmount -- nacre as overlayns -m bind,src,m,ro \
		grep " $T/m ro,nosuid,nodev,noexec,noatime " /proc/self/mountinfo
'
