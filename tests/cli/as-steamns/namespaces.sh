# needs: userns
# A user, a mount and a pid namespace of its own and no other; one uid and one gid, the caller's, and setgroups denied. Without -r the
# command has no capability.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
steam_root root
for ns in user mnt pid; do
	[ "$(steam readlink /proc/self/ns/$ns)" != "$(readlink /proc/self/ns/$ns)" ] || fail "$ns is shared"
done
for ns in net ipc uts cgroup; do
	expect_output "$(readlink /proc/self/ns/$ns)" steam readlink /proc/self/ns/$ns
done
for map in uid gid; do
	id=$(id -${map:0:1})
	[ "$(steam cat /proc/self/${map}_map | tr -s ' ')" = " $id $id 1" ] || fail "the $map map is $(steam cat /proc/self/${map}_map)"
	# Of its own user namespace, in which the mounts are locked; fakeroot has whom the files belong to.
	[ "$(steam -r cat /proc/self/${map}_map | tr -s ' ')" = ' 0 0 1' ] || fail "-r: the $map map is $(steam -r cat /proc/self/${map}_map)"
done
expect_output deny steam cat /proc/self/setgroups
expect_output "$(id -u) $(id -g)" steam sh -c 'echo $(id -u) $(id -g)'
[ "$(id -u)" -eq 0 ] || expect_output 'CapPrm:	0000000000000000' steam grep '^CapPrm' /proc/self/status
