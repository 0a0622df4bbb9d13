# needs: userns overlay
# Defect 10: what was below a mount was told by the beginning of its path, so /x/foobar went with /x/foo, or was left out with it.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
small_root root
mkdir -p src/foo src/foobar src/foo/bar root/x
with_mounts '
	. "$SOURCE/tests/lib/stand-in.sh"
	for place in foo foobar; do
		mount -t tmpfs none src/$place
	done
	for calls in execve=4711 fsopen,open_tree,move_mount,mount_setattr,fsmount; do
		expect_status 0 "$REFUSE" $calls -- nacre as overlayns -m ,none,src/foo,remount,bind,rec,ro \
			sh -c "! touch src/foo/new 2>/dev/null && touch src/foobar/new"
		expect_status 0 "$REFUSE" $calls -- nacre as overlayns -m rbind,src,home,ro \
			sh -c "! touch home/foo/new 2>/dev/null && ! touch home/foobar/new 2>/dev/null"
		expect_status 0 "$REFUSE" $calls -- nacre run --rm --root root "${host_programs[@]}" -b src:/x -m none,none,/x/foo,remount,rec,ro -- \
			sh -c "! touch /x/foo/new 2>/dev/null && touch /x/foobar/new"
	done
'
