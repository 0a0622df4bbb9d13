# needs: userns overlay
# Defect 22: a mount without a source made the mount table unreadable.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
small_root root
mkdir src m root/sub
with_mounts '
	. "$SOURCE/tests/lib/stand-in.sh"
	mount -t tmpfs "" src
	mount -t tmpfs "" root/sub
	[ "$(grep -cE " $T/(src|root/sub) .* - tmpfs  rw" /proc/self/mountinfo)" -eq 2 ] || fail "mount(8) gave it a source"
	mkdir src/in
	for calls in execve=4711 fsopen,open_tree,move_mount,mount_setattr,fsmount; do
		expect_status 0 "$REFUSE" $calls -- nacre as overlayns -m rbind,src,m,ro -m tmpfs,none,src/new,mkdir=maybe \
			sh -c "[ -d src/new ] && ! touch m/in/new 2>/dev/null"
		expect_status 0 "$REFUSE" $calls -- nacre run --rm --root root "${host_programs[@]}" -- sh -c "touch /sub/new && [ -e /sub/new ]"
		[ ! -e root/sub/new ] || fail "it was written for real"
	done
'
expect_status 0 overlayns -m tmpfs,,m -m tmpfs,none,m/in,mkdir=maybe stat m/in
