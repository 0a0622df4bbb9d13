# needs: userns overlay
# Defect 8: a read-only bind with its submounts left them writable.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
small_root root
mkdir -p src/sub/deep m root/a
with_mounts '
	. "$SOURCE/tests/lib/stand-in.sh"
	mount -t tmpfs none src/sub
	mkdir src/sub/deep
	mount -t tmpfs none src/sub/deep
	for calls in execve=4711 fsopen,open_tree,move_mount,mount_setattr,fsmount; do
		for place in . sub sub/deep; do
			expect_status 0 "$REFUSE" $calls -- nacre as overlayns -m rbind,src,m,ro sh -c "[ -d m/$place ] && ! touch m/$place/new 2>/dev/null"
			expect_status 0 "$REFUSE" $calls -- nacre as nsroot "${volumes[@]}" -v "$T/src:/a:ro" root sh -c "[ -d /a/$place ] && ! touch /a/$place/new 2>/dev/null"
		done
	done
	expect_status 0 overlayns -m rbind,src,m -m ,none,m,remount,bind,rec,ro sh -c "! touch m/sub/deep/new 2>/dev/null"
	expect_status 0 overlayns -m rbind,src,m -m ,none,m,remount,bind,ro sh -c "! touch m/new 2>/dev/null && touch m/sub/deep/new"
'
