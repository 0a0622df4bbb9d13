# needs: userns
# --info-fd and --json-status-fd: the pid out here and the namespaces, then how it ended; nothing of a command that did not start.
# shellcheck disable=SC2094 # one side waits for what the other writes
nacre as bwrap --unshare-all --ro-bind / / --proc /proc --info-fd 20 --json-status-fd 21 --block-fd 22 \
	sh -c 'readlink /proc/self/ns/net; exit 3' 20>info 21>status 22< <(until [ -s info ]; do sleep 0.05; done
	pid=$(sed -n 's/.*"child-pid": \([0-9]*\).*/\1/p' info)
	[ -d "/proc/$pid" ] && readlink "/proc/$pid/ns/net" >seen
	echo) >out || [ $? = 3 ] || fail "status $?"
# What a reader of /proc saw of the pid it was told.
cmp -s out seen || fail "the pid is not that of the sandbox: $(cat seen out)"
net=$(sed -n 's/.*"net-namespace": \([0-9]*\).*/\1/p' info)
[ "net:[$net]" = "$(cat out)" ] || fail "the namespace is not the one: $(cat info out)"
[ "$(sed -n 1p status)" = "$(tr -d '\n' <info | sed 's/  */ /g; s/}$/ }/')" ] || fail "$(cat status info)"
[ "$(sed -n '2,$p' status)" = '{ "exit-code": 3 }' ] || fail "$(cat status)"
for name in cgroup ipc mnt net pid uts; do
	grep -q "\"$name-namespace\": [0-9]" info || fail "no $name"
done
expect_status 1 nacre as bwrap --ro-bind / / --json-status-fd 21 no-such-command 21>status
! grep -q exit-code status || fail "an exit code of what did not start"
nacre as bwrap --ro-bind / / --json-status-fd 21 sh -c 'kill -KILL $$' 21>status || true
[ "$(sed -n '2,$p' status)" = '{ "exit-code": 137 }' ] || fail "$(cat status)"
