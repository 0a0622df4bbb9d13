# needs: userns
# The kernel's "No space left on device" for a limit of namespaces.
unshare --user --map-root-user sh -c '
	echo 0 >/proc/sys/user/max_user_namespaces
	nacre run true' || echo "status $?"
