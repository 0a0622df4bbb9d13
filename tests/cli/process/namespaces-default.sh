# needs: userns overlay
# Own user, mount, pid, ipc, uts and cgroup namespaces; network and time are the caller's.
for ns in user mnt pid ipc uts cgroup net time; do
	outside=$(readlink "/proc/self/ns/$ns")
	inside=$(nacre run --rm -- readlink "/proc/self/ns/$ns")
	case $ns in
	net | time) [ "$inside" = "$outside" ] || fail "$ns is the box's own" ;;
	*) [ "$inside" != "$outside" ] || fail "$ns is the caller's" ;;
	esac
done
