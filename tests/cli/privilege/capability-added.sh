# needs: userns overlay
# A capability that is added is the command's, whoever it is, and cannot undo the box's own mounts.
expect_status 0 nacre run --rm --cap-add sys_admin --ro -- \
	sh -ec 'mount -t tmpfs tmpfs /mnt; echo seen >/mnt/file; cat /mnt/file; ! umount /proc'
expect_match '^seen$'
expect_status 0 nacre run --rm --cap-add chown -- grep CapEff /proc/self/status
expect_match '[13579bdf]$'
