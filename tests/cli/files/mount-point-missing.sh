# needs: userns overlay
# A mount point that the root directory lacks: there in the box for each kind of writes, never made in the
# root, and no change.
small_root root
cp -a root before
for writes in keep drop deny host; do
	expect_output 'etc' box root --writes "$writes" --tmpfs /new/place -b root/etc:/other/etc -- \
		sh -c 'touch /new/place/file && ls /other'
	[ ! -s "$T/tmp/stderr" ] || fail_with_output "--writes $writes: it said something"
	diff -r --no-dereference before root
done
[ -z "$(ls home/.local/state/nacre/boxes 2>/dev/null)" ] || fail "a box was kept"
