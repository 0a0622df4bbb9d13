# needs: userns overlay
# A private /dev has the usual nodes and links and none of the host's disks, and they work.
small_root root
box root -- sh -c '
	cd /dev && for name in *; do echo "$name $(stat -c %F "$name")"; done
	echo x >null && head -c3 zero | od -An -tx1 && head -c4 urandom | wc -c
	readlink fd stdin stdout stderr ptmx core; stat -c %a shm . ; touch shm/file'
