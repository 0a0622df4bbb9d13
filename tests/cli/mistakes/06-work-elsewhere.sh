# needs: userns overlay
# Upper and work directory on different file systems.
mkdir root low mount
unshare --user --map-root-user --mount sh -c '
	mount -t tmpfs one mount
	mkdir mount/one mount/two mount/one/up
	mount -t tmpfs two mount/two
	nacre run --root root --rw -o /mnt,lower=low,upper=mount/one/up,work=mount/two true' ||
	echo "status $?"
