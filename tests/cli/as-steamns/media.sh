# needs: userns
# /media of the host, with what is plugged in later, where both have it; and /run/media/$USER as /run/media/steamuser, with -H by
# its own name.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
steam_root root
with_mounts '. "$SOURCE/tests/lib/steamns.sh"
mount -t tmpfs none /media
mkdir /media/stick /media/later
mount -t tmpfs none /media/stick
touch /media/stick/file
mount -t tmpfs none /run
mkdir -p /run/media/somebody/disk /run/media/other
mount --make-rshared /media
export USER=somebody
for options in "" -G; do
	expect_output file steam $options ls /media/stick
	expect_output disk steam $options ls /run/media/steamuser
	expect_output steamuser steam $options ls /run/media
done
for name in ../media . .. /media; do
	expect_output "" env USER="$name" steamns -p root sh -c "ls /run/media 2>/dev/null || :"
done
mkdir -p "root$T/home"
expect_output disk env HOME="$T/home" steamns -Hp root ls /run/media/somebody
mkfifo answer
steamns -p root sh -c "echo ready; read _; ls /media/later" <>answer >listed &
wait_until grep -q ready listed
mount -t tmpfs none /media/later
touch /media/later/plugged
echo >answer
wait
[ "$(cat listed)" = "ready
plugged" ] || fail "later: $(cat listed)"
rmdir root/media
expect_status 1 steam test -e /media'
