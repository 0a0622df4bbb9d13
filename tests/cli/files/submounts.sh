# needs: userns overlay
# A bind brings the mounts below its source; norec does not.
small_root root
mkdir -p src/sub
with_mounts '
	mount -t tmpfs none src/sub
	echo deep >src/sub/file
	expect_output deep box root -b src:/data -- cat /data/sub/file
	expect_output "" box root -b src:/data:norec -- ls /data/sub
'
