# needs: userns
# --userns, --pidns: in namespaces that are there already.
# shellcheck disable=SC2094 # a descriptor of it is what is meant
"$NACRE" as bwrap --unshare-user --unshare-pid --uid 0 --ro-bind / / --dev /dev --info-fd 20 sleep 1000 20>info &
holder=$!
wait_until grep -q '}' info
pid=$(sed -n 's/.*"child-pid": \([0-9]*\).*/\1/p' info)
wait_until sh -c "grep -q sleep /proc/$pid/task/$pid/children /proc/$pid/comm 2>/dev/null || [ -n \"\$(cat /proc/$pid/task/$pid/children)\" ]"
expect_output "$(readlink "/proc/$pid/ns/user") 0" nacre as bwrap --userns 10 --uid 0 --gid "$(id -g)" --ro-bind / / \
	sh -c 'echo "$(readlink /proc/self/ns/user) $(id -u)"' 10<"/proc/$pid/ns/user"
expect_output "$(readlink "/proc/$pid/ns/pid")" nacre as bwrap --userns 10 --pidns 11 --uid 0 --ro-bind / / --proc /proc \
	readlink /proc/self/ns/pid 10<"/proc/$pid/ns/user" 11<"/proc/$pid/ns/pid"
expect_status 1 nacre as bwrap --userns 10 --unshare-user --ro-bind / / true 10<"/proc/$pid/ns/user"
expect_status 1 nacre as bwrap --userns 10 --ro-bind / / true 10<info
kill -KILL "$pid"
wait "$holder" || true
