# needs: userns overlay
# Defect 22: a mount whose source is empty made the mount table unreadable. It is read, also where it is in the way.
with_mounts '
	mkdir place
	mount -t tmpfs "" place
	grep -q " $T/place .* - tmpfs  " /proc/self/mountinfo
	mkdir place/dir
	expect_status 0 nacre run --rm -- sh -c "touch place/dir/new && [ -e place/dir/new ]"
	expect_status 0 nacre run --rm -b place:place:ro -- sh -c "! touch place/new 2>/dev/null"
	expect_status 0 "$REFUSE" mount_setattr,fsopen,open_tree,move_mount,fsmount -- nacre run --rm -b place:place:ro -- \
		sh -c "! touch place/new 2>/dev/null"
	expect_status 0 nacre run --rm -m "tmpfs,,$T/place/dir" -- grep -q " $T/place/dir .* - tmpfs " /proc/self/mountinfo
	keep nacre doctor
	expect_no_match "mount table"
	[ ! -e place/dir/new ] || fail "the host was written"
'
