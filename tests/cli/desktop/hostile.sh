# needs: userns tool:python3
# What variables and shared directories lead to is looked at before it is given away.
python3 - target run/bus <<-'END'
	import socket, sys
	for path in sys.argv[1:]:
	    socket.socket(socket.AF_UNIX).bind(path)
END
mkdir dir
ln -s loop loop
mkfifo fifo
for path in "$T/dir" "$T/fifo" /dev/null /etc/passwd; do
	expect_error desktop-no-bus env DBUS_SESSION_BUS_ADDRESS="unix:path=$path" nacre run --dbus true
	expect_match 'is not a socket$'
done
expect_error desktop-no-bus env DBUS_SESSION_BUS_ADDRESS="unix:path=$T/loop" nacre run --dbus true
expect_match 'too many$'
expect_error desktop-no-display env WAYLAND_DISPLAY=../target nacre run --gui true
expect_match 'is not a clean, absolute path$'
expect_error desktop-no-display env WAYLAND_DISPLAY=$'a\e[31m\nb' nacre run --gui true
expect_match 'a\\x1b\[31m\\x0ab'
expect_no_match $'\e'

# A link of another user in a directory where everybody may write: the sockets' own, for one.
with_mounts '
mount -t tmpfs -o mode=1777 none /mnt
mkdir /mnt/real
cp -a target /mnt/real/ 2>/dev/null || python3 -c "import socket; socket.socket(socket.AF_UNIX).bind(\"/mnt/real/target\")"
ln -s real/target /mnt/mine
ln -s real /mnt/directory
for path in /mnt/mine /mnt/directory/target; do
	expect_status 0 env DBUS_SESSION_BUS_ADDRESS="unix:path=$path" nacre run --dry-run --dbus true
	expect_match "bind of /mnt/real/target on $path,"
done'
