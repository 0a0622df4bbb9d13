# needs: userns
# Where the kernel lacks the newer calls for mounts, or they are refused, all is the same.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
steam_root root
echo outside >file
old()
{
	"$REFUSE" fsopen,open_tree,move_mount,mount_setattr,fsmount,fsconfig -- steamns -p "$T/root" "$@"
}
expect_status 1 old touch /usr/new
expect_match 'Read-only file system'
expect_output "steamuser:x:$(id -u):$(id -g):Steam Container User:$HOME:/bin/bash" old tail -n 1 /etc/passwd
expect_output outside old -k cat "/mnt$T/file"
expect_output 0 old -r id -u
expect_output in old -D -j ns echo in
passes ns
[ "$(old cat /proc/1/comm)" != "$(cat /proc/1/comm)" ] || fail '/proc is the host'"'"'s'
