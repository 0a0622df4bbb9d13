# needs: userns overlay
# --root with -l works without the descriptor-based mount calls, and leaves the root as it was.
small_root root && mkdir layer && echo layer >layer/file
dirs=$(find root)
for calls in fsopen,open_tree,move_mount,mount_setattr,fsmount \
	openat2 fsconfig=5:EINVAL close_range; do
	expect_output layer "$REFUSE" "$calls" -- nacre run --rm --root root -l layer \
		"${host_programs[@]}" -- cat /file
	[ "$(find root)" = "$dirs" ] || fail "$calls left: $(find root)"
done
