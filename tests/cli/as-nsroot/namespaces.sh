# needs: userns overlay
# User and mount namespaces, -n a network, -i an IPC namespace, and no others; the network has loopback alone.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
small_root root
# apart OPTION…: the namespaces that are not the caller's.
apart()
{
	local kind

	for kind in user mnt pid ipc uts cgroup net time; do
		[ "$(readlink "/proc/self/ns/$kind")" = "$(nsroot_in root "$@" -v /proc:/proc -- readlink "/proc/self/ns/$kind")" ] ||
			echo "$kind"
	done | paste -sd ' '
}
expect_output 'user mnt' apart
expect_output 'user mnt net' apart -n
expect_output 'user mnt ipc' apart -i
expect_output 'user mnt ipc net' apart --ipc --net
expect_output 'lo:' nsroot_in root -n -v /proc:/proc -- grep -o '[a-z0-9]*:' /proc/net/dev
# The command cannot undo what was set up.
expect_status 32 nsroot_in root -v /proc:/proc -- umount /proc
