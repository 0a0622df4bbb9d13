# needs: userns tool:python3
# --userns2: to another user namespace, below that of --userns, when all is set up.
"$NACRE" as bwrap --unshare-user --disable-userns --ro-bind / / --proc /proc --dev /dev --unshare-pid --info-fd 20 \
	sh -c 'echo there; exec sleep 1000' 20>info >there &
holder=$!
wait_until grep -q there there
pid=$(sed -n 's/.*"child-pid": \([0-9]*\).*/\1/p' info)
# The namespace that the holder sits in, and the one above it, which was made first.
NS_GET_PARENT=46850
expect_output "$(readlink "/proc/$pid/ns/user") works" python3 -c '
import fcntl, os, sys
second = os.open("/proc/%s/ns/user" % sys.argv[3], os.O_RDONLY)
first = fcntl.ioctl(second, int(sys.argv[2]))
os.set_inheritable(second, True)
os.set_inheritable(first, True)
os.execv(sys.argv[1], [sys.argv[1], "as", "bwrap", "--userns", str(first), "--userns2", str(second), "--ro-bind", "/", "/",
    "sh", "-c", "echo $(readlink /proc/self/ns/user) works"])' "$NACRE" $NS_GET_PARENT "$pid"
kill -KILL "$pid"
wait "$holder" || true
