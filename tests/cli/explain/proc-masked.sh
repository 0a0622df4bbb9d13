# needs: userns overlay
# A fresh proc where parts of the one outside are covered, as in a container.
expect_error proc-masked unshare --user --map-root-user --mount --pid --fork --mount-proc sh -eu -c '
	mount -t tmpfs tmpfs /proc/sys
	exec nacre run --proc /proc true'
