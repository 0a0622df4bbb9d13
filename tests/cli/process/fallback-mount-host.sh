# needs: userns overlay
# Without the descriptor-based mount calls the host is the base just the same, and writes are
# captured.
for calls in fsopen,open_tree,move_mount,mount_setattr,fsmount \
	fsopen:EPERM,open_tree:EPERM,move_mount:EPERM,mount_setattr:EPERM,fsmount:EPERM; do
	expect_output new "$REFUSE" "$calls" -- nacre run --rm -- \
		sh -c 'echo new >file && cat file && [ -c /dev/null ] && [ "$(echo /proc/[0-9]*)" ]'
	[ ! -e file ] || fail "it was written outside with $calls"
	expect_status 0 "$REFUSE" "$calls" -- nacre run -- sh -c 'echo new >file'
	expect_match '1 change kept in box'
	rm -rf "$XDG_STATE_HOME/nacre"
done
