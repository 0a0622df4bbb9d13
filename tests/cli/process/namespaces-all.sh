# needs: userns overlay
# --unshare all gives the box its own of each, network and time too.
for ns in user mnt pid ipc uts cgroup net time; do
	outside=$(readlink "/proc/self/ns/$ns")
	expect_status 0 nacre run --rm --unshare all -- readlink "/proc/self/ns/$ns"
	[ "$(cat tmp/stdout)" != "$outside" ] || fail "$ns is the caller's"
done
