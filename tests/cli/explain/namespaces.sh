# needs: userns
# Limits on namespaces. A user namespace sets those of its own, so no other process notices.
outside()
{
	# shellcheck disable=SC2016 # for the inner shell
	unshare --user --map-root-user sh -c 'echo "$2" >/proc/sys/user/max_"$1"_namespaces; shift 2; exec "$@"' sh "$@"
}

expect_error userns-limit outside user 0 nacre run true
expect_match 'user.max_user_namespaces is 0'
expect_error namespace-limit outside pid 0 nacre run true
expect_match 'this machine allows no pid namespaces'
expect_match 'fix     as root: sysctl user.max_pid_namespaces=10000; or --share pid'
expect_error namespace-limit-used outside user 1 unshare --user --map-root-user nacre run true
