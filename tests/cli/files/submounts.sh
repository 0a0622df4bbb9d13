# needs: userns overlay
# A bind brings the mounts below its source. Without them it would uncover what they cover: the kernel
# refuses that in a user namespace, and the message says so.
small_root root
mkdir -p src/sub
with_mounts '
	mount -t tmpfs none src/sub
	echo deep >src/sub/file
	expect_output deep box root -b src:/data -- cat /data/sub/file
	expect_error bind-submounts box root -b src:/data:norec -- true
'
expect_output deep box root -b src:/data:norec -- sh -c "ls /data/sub; echo deep"
