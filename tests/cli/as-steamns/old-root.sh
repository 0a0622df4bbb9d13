# needs: userns
# -k keeps the host's root at /mnt, with all that is mounted in it; else nothing of it is there.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
steam_root root
echo outside >file
expect_output outside steam -k cat "/mnt$T/file"
expect_status 0 steam -k test -d /mnt/proc/self
expect_output '' steam ls /mnt
expect_status 1 steam cat "/mnt$T/file"
# Without a directory for it in the root there is one all the same, and none is made in the root.
rmdir root/mnt
expect_output outside steam -k cat "/mnt$T/file"
[ ! -e root/mnt ] || fail 'a directory was made in the root'
