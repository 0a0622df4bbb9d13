# needs: userns overlay
# The devices of graphics cards appear in the private /dev and can be used; a file of such a name does not. A root
# without /sys gets it, as Mesa looks there.
small_root root
with_mounts '
mount -t tmpfs -o mode=755 none /mnt
mkdir /mnt/dri /mnt/shm
touch /mnt/nvidia-modeset
for node in null zero full random urandom tty dri/renderD128 udmabuf; do
	touch "/mnt/$node"
	source=/dev/$node
	[ -e "$source" ] || source=/dev/zero
	mount --bind "$source" "/mnt/$node"
done
mount --rbind /mnt /dev
expect_output " 00 00 00 00" nacre run -q --gpu -- sh -c "cat /dev/dri/renderD128 | head -c 4 | od -An -tx1"
expect_output " 00 00 00 00" box root -q --gpu -- sh -c "cat /dev/dri/renderD128 | head -c 4 | od -An -tx1"
expect_status 1 nacre run -q --gpu -- test -e /dev/nvidia-modeset
expect_status 1 nacre run -q -- test -e /dev/dri
expect_status 0 box root -q --gpu -- test -e /sys/class
expect_status 1 box root -q -- test -e /sys/class'
expect_error desktop-no-gpu box root -q -b "$NACRE:/nacre" -- /nacre run --gpu true
