# needs: userns overlay
# Flags that are locked outside stay: a bind of a read-only, noexec mount is that too.
small_root root
mkdir src
with_mounts '
	mount -t tmpfs -o noexec,nosuid,nodev,noatime none src
	printf "#!/bin/sh\n" >src/tool
	chmod +x src/tool
	mount -o remount,bind,ro,noexec,nosuid,nodev,noatime src
	expect_status 0 box root -b src:/data -- grep " /data ro,nosuid,nodev,noexec,noatime " /proc/self/mountinfo
	expect_status 126 box root -b src:/data -- /data/tool
	expect_status 1 box root -b src:/data:ro -- sh -c "touch /data/new 2>/dev/null || exit 1"
	expect_error flag-locked box root -b src:/data -m none,none,/data,remount,rw -- true
'
