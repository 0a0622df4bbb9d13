# needs: userns overlay
# A capability that is added, where the processes are the host's and the root shows no /proc: the second user namespace is made all
# the same.
small_root root
mkdir root/m
expect_output tmpfs box root --rm --share pid --no-defaults --cap-add sys_admin -- sh -ec 'mount -n -t tmpfs tmpfs /m; stat -f -c %T /m'
expect_output tmpfs box root --rw --share all --no-defaults --cap-add sys_admin -- sh -ec 'mount -n -t tmpfs tmpfs /m; stat -f -c %T /m'
