# needs: userns
# /usr and /etc of the root are read-only unless -W is given.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
steam_root root
for dir in /usr /etc /usr/bin; do
	expect_status 1 steam touch "$dir/new"
	expect_match 'Read-only file system'
	steam -W touch "$dir/new"
	[ -e "root$dir/new" ] || fail "-W: $dir was not written"
done
expect_status 0 steam touch /home/new /mnt/new
rm -r root/etc
expect_status 0 steam true
[ ! -e root/etc ] || fail 'it was made'
