# needs: userns overlay
# File systems that cannot be mounted so.
long=$(printf 'x%.0s' $(seq 300))

expect_error sys-no-net nacre run -m sysfs,x,/mnt true
expect_error mqueue-no-ipc nacre run --share ipc -m mqueue,x,/mnt true
expect_error cgroup-no-cgroup nacre run --share cgroup -m cgroup2,x,/mnt true
expect_error proc-no-pid nacre run --share pid -m proc,x,/mnt true
expect_error filesystem-id-unmapped nacre run --uid-map "0:$(id -u):1" --gid-map "0:$(id -g):1" \
	--tmpfs /mnt,uid=4711 true
expect_error filesystem-option-long nacre run -m "tmpfs,x,/mnt,mpol=$long" true
expect_error filesystem-option nacre run -m tmpfs,x,/mnt,no_such_option true
expect_error filesystem-fuse nacre run -m fuse,x,/mnt true
expect_error filesystem-unknown nacre run -m no-such-type,x,/mnt true
expect_error filesystem-needs-root nacre run -m ext4,x,/mnt true
