# needs: userns
# User and mount namespaces of its own and no others; one's own id alone; no groups, no capabilities.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
for kind in user mnt pid ipc uts cgroup net time; do
	outside=$(readlink "/proc/self/ns/$kind")
	inside=$(overlayns readlink "/proc/self/ns/$kind")
	case $kind in
	user | mnt) [ "$outside" != "$inside" ] || fail "$kind is shared" ;;
	*) [ "$outside" = "$inside" ] || fail "$kind is not shared" ;;
	esac
done
expect_output "$(id -u) $(id -u) 1" sh -c 'echo $(nacre as overlayns cat /proc/self/uid_map)'
expect_output "$(id -g) $(id -g) 1" sh -c 'echo $(nacre as overlayns cat /proc/self/gid_map)'
expect_output deny overlayns cat /proc/self/setgroups
expect_output "$(id -u) $(id -g)" overlayns sh -c 'echo $(id -u) $(id -g)'
if [ "$(id -u)" -ne 0 ]; then
	expect_output 0000000000000000 overlayns sed -n 's/^CapEff:\s*//p' /proc/self/status
	# The mounts are what they are: the command cannot change them.
	expect_status 32 overlayns -m tmpfs,none,home umount home
fi
