# needs: userns overlay range
# A capability that is added to root of a box with a range of ids.
expect_status 0 nacre run --rm --as-root --cap-add sys_admin -- \
	sh -ec 'mount -t tmpfs tmpfs /mnt; touch /mnt/file; chown 1:1 /mnt/file
		stat -c %u:%g /mnt/file; ! umount /proc'
expect_match '^1:1$'
