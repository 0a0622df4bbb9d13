# needs: userns overlay
# Defect 8: a read-only recursive bind left the mounts below it writable, so did a recursive remount. In each spelling they are not.
with_mounts '
	mkdir -p src place root/etc
	mount -t tmpfs none src
	mkdir -p src/below src/beside
	mount -t tmpfs none src/below
	mkdir src/below/deeper
	mount -t tmpfs none src/below/deeper
	# Stacked: what is on top is what is seen.
	mount -t tmpfs none src/beside
	mount -t tmpfs none src/beside
	try()
	{
		expect_status 0 nacre run --rm "$@" -- sh -c "for place in . below below/deeper beside; do
			! touch \"\$1/\$place/new\" 2>/dev/null || exit 9; done" sh "$T/place"
	}
	try -b src:place:ro
	try -m rbind,src,place,ro
	try -m rbind,src,place -m remount,none,place,ro,rec
	for calls in mount_setattr,fsopen,open_tree,move_mount,fsmount openat2; do
		expect_status 0 "$REFUSE" $calls -- nacre run --rm -b src:place:ro -- sh -c "for place in . below below/deeper beside; do
			! touch \"\$1/\$place/new\" 2>/dev/null || exit 9; done" sh "$T/place"
	done
	# The directory of --root, as it is, and the host whole.
	expect_status 0 nacre run --ro -- sh -c "! touch src/new src/below/new src/below/deeper/new 2>/dev/null && [ ! -e src/below/new ]"
	[ -z "$(find src -name new)" ] || fail "something was written"
'
