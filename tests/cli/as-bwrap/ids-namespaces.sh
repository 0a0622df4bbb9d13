# needs: userns
# Own ids unless told otherwise; a namespace only where one is asked for; lo is up in a network of its own.
bwrap()
{
	nacre as bwrap --ro-bind / / --dev /dev "$@"
}

outside()
{
	readlink "/proc/self/ns/$1"
}

expect_output "$(id -u) $(id -g)" bwrap sh -c 'echo "$(id -u) $(id -g)"'
expect_output '12 34' bwrap --unshare-user --uid 12 --gid 34 sh -c 'echo "$(id -u) $(id -g)"'
for kind in pid ipc uts net cgroup; do
	expect_output "$(outside $kind)" bwrap readlink /proc/self/ns/$kind
done
for kind in ipc uts net cgroup; do
	[ "$(bwrap --unshare-$kind readlink /proc/self/ns/$kind)" != "$(outside $kind)" ] || fail $kind
	[ "$(bwrap --unshare-all --proc /proc readlink /proc/self/ns/$kind)" != "$(outside $kind)" ] || fail "all: $kind"
done
expect_output "$(outside net)" bwrap --unshare-all --share-net --proc /proc readlink /proc/self/ns/net
expect_output '2 1' bwrap --unshare-pid --proc /proc sh -c 'echo "$$ $PPID"'
expect_output 1 bwrap --unshare-pid --as-pid-1 --proc /proc sh -c 'echo $$'
expect_output the-name bwrap --unshare-uts --hostname the-name cat /proc/sys/kernel/hostname
expect_output lo bwrap --unshare-net --proc /proc sh -c 'sed -n "s/^ *\(.*\):.*/\1/p" /proc/self/net/dev'
expect_status 0 bwrap --unshare-net sh -c 'grep -q "^00000000000000000000000000000001 01 80 10 80 *lo$" /proc/self/net/if_inet6'
