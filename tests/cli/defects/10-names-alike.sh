# needs: userns overlay
# Defect 10: below was told by the letters of a path, so that of /x/foo and /x/foobar the second was taken for covered, and stayed
# writable. In whichever order they were mounted, both are read-only, and none that is not below.
with_mounts '
	mkdir x x-not place
	mount -t tmpfs none x
	mount -t tmpfs none x-not
	mkdir x/foo x/foobar x/foo-bar x/f
	for order in "f foo foobar foo-bar" "foo-bar foobar foo f"; do
		for name in $order; do mount -t tmpfs none x/$name; done
		for refused in none mount_setattr,fsopen,open_tree,move_mount,fsmount; do
			run=(nacre run --rm)
			[ $refused = none ] || run=("$REFUSE" $refused -- "${run[@]}")
			expect_status 0 "${run[@]}" -b x-not -b x:x:ro -- sh -c "
				for name in . f foo foobar foo-bar; do ! touch \"x/\$name/new\" 2>/dev/null || exit 9; done; touch x-not/new"
			expect_status 0 "${run[@]}" -m rbind,x,x -m rbind,x-not,x-not -m remount,none,x,ro,rec -- sh -c "
				for name in . f foo foobar foo-bar; do ! touch \"x/\$name/new\" 2>/dev/null || exit 9; done; touch x-not/new"
			# Of one of them alone the others are not.
			expect_status 0 "${run[@]}" -m rbind,x,x -m remount,none,x/foo,ro,rec -- sh -c "
				! touch x/foo/new 2>/dev/null && touch x/foobar/new x/foo-bar/new x/f/new x/new"
		done
		for name in $order; do umount x/$name; done
	done
'
