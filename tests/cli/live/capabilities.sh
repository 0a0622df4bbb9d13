# needs: userns overlay tool:tmux tty
# Whoever joins gets the capabilities of the box, strong ones too, and can undo none of its mounts; so does who made it.
mkdir ro secret && echo hidden >secret/file
cat >attempt.sh <<'END'
grep -q '^CapEff:.*200000$' /proc/self/status || exit 10
! mount -o remount,rw,bind "$1/ro" 2>/dev/null || exit 11
! umount "$1/ro" 2>/dev/null || exit 12
! umount "$1/secret" 2>/dev/null || exit 13
! umount -l /proc 2>/dev/null || exit 14
! touch "$1/ro/new" 2>/dev/null || exit 15
[ ! -e "$1/secret/file" ] || exit 16
mount -t tmpfs tmpfs /mnt && echo x >/mnt/here && umount /mnt || exit 17
END
for identity in '-u 0' '--as-root' ''; do
	# shellcheck disable=SC2086 # words
	expect_status 0 nacre start -q strong $identity --cap-drop all --cap-add sys_admin \
		-b "$T/ro:$T/ro:ro" --hide "$T/secret"
	expect_status 0 nacre enter strong bash "$T/attempt.sh" "$T"
	expect_status 0 nacre exec strong bash "$T/attempt.sh" "$T"
	expect_status 7 nacre exec strong sh -c 'exit 7'
	expect_status 143 nacre exec strong sh -c 'kill -TERM $$'
	# With a terminal of its own.
	expect_status 0 on_terminal nacre enter strong bash "$T/attempt.sh" "$T"
	# One box: its members see each other's processes and files.
	nacre exec strong sh -c "echo \$\$ >$T/pid; exec sleep 1000" &
	sleeper=$!
	wait_until nacre exec strong test -s "$T/pid"
	expect_output 'sleep' nacre exec strong cat "/proc/$(nacre exec strong cat "$T/pid")/comm"
	expect_status 0 nacre stop --grace 5 strong
	status=0
	wait "$sleeper" || status=$?
	[ "$status" -eq 143 ] || fail "the sleeper's status is $status"
	expect_status 0 nacre rm strong
done
[ ! -e ro/new ] || fail "the bind was written"
