# needs: userns overlay
# The disk of the boxes is full.
mkdir small
expect_error no-space unshare --user --map-root-user --mount sh -eu -c '
	mount -t tmpfs -o size=64k,nr_inodes=10 tmpfs small
	for i in 1 2 3 4 5 6 7 8; do mkdir "small/$i"; done
	XDG_STATE_HOME=$T/small exec nacre run true'
