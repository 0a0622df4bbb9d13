# needs: root tool:python3
# A link that another user left where everybody may write chooses nothing; one of the caller's does.
unshare --mount bash -euc '
. "$SOURCE/tests/lib/harness.sh"
mount -t tmpfs -o mode=1777 none /mnt
mkdir /mnt/real
python3 -c "import socket; socket.socket(socket.AF_UNIX).bind(\"/mnt/real/socket\")"
ln -s real/socket /mnt/file
ln -s real /mnt/dir
for path in /mnt/file /mnt/dir/socket; do
	export DBUS_SESSION_BUS_ADDRESS=unix:path=$path
	expect_status 0 nacre run --dry-run --dbus true
done
chown -h 12345 /mnt/file /mnt/dir
for path in /mnt/file /mnt/dir/socket; do
	export DBUS_SESSION_BUS_ADDRESS=unix:path=$path
	expect_error desktop-no-bus nacre run --dbus true
	expect_match "is a link that another user has made$"
done
chmod 755 /mnt
expect_status 0 nacre run --dry-run --dbus true'
