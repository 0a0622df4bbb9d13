# needs: userns tool:chroot
# Without /proc the mounts cannot be read.
expect_error proc-missing unshare --user --map-root-user --mount sh -eu -c '
	mount -t tmpfs tmpfs /proc
	exec "$0" run true' "$NACRE"
