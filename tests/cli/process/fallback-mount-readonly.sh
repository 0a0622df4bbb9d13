# needs: userns overlay
# Without mount_setattr a read-only bind is read-only all the way down, and only there.
mkdir -p tree/a/b tree-not/c
cat >try.sh <<'END'
! touch "$1/tree/new" 2>/dev/null || exit 11
! touch "$1/tree/a/new" 2>/dev/null || exit 12
! touch "$1/tree/a/b/new" 2>/dev/null || exit 13
touch "$1/tree-not/c/new" || exit 14
END
# shellcheck disable=SC2016 # for the inner shell
expect_status 0 unshare --user --map-root-user --mount sh -eu -c '
	mount -t tmpfs tmpfs tree/a && mkdir tree/a/b && mount -t tmpfs -o nosuid tmpfs tree/a/b
	mount -t tmpfs tmpfs tree-not/c
	for calls in fsopen,open_tree,move_mount,mount_setattr,fsmount openat2; do
		"$REFUSE" $calls -- nacre run --rm -b "$PWD/tree-not:$PWD/tree-not:rw" \
			-b "$PWD/tree:$PWD/tree:ro" -- sh try.sh "$PWD"
	done'
