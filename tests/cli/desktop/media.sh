# needs: userns overlay
# Removable media are the real ones, with what is mounted there later; USER names a directory and nothing else.
small_root root
with_mounts '
mount -t tmpfs none /media
mkdir /media/stick
mount -t tmpfs none /media/stick
mount -t tmpfs none /run
mkdir -p /run/media/somebody
mount --make-rshared /media
expect_output "" nacre run -q --media -- touch /media/stick/written
[ -e /media/stick/written ] || fail "it was captured"
expect_status 0 env USER=somebody nacre run --dry-run --media true
expect_match "bind of /run/media/somebody on /run/media/somebody, rslave"
for name in ../../media/stick . .. /media; do
	expect_status 0 env USER="$name" nacre run --dry-run --media true
	expect_match "bind of /media on"
	expect_no_match "bind of (/media/stick|/run)"
done
mkdir /media/later
many=$(printf " -b /etc:/mnt/%d" 1 2 3 4 5 6 7 8)
for base in "" "--root root" "--root root$many"; do
	rm -f answer
	mkfifo answer
	nacre run -q $base "${host_programs[@]}" --media -- \
		sh -c "echo ready; read _; ls /media/later" <>answer >listed &
	wait_until grep -q ready listed
	mount -t tmpfs none /media/later
	touch /media/later/plugged
	echo >answer
	wait
	[ "$(cat listed)" = "ready
plugged" ] || fail "$base: $(cat listed)"
	umount /media/later
done'
expect_error desktop-no-media box root -q -b "$NACRE:/nacre" -- /nacre run --media true
