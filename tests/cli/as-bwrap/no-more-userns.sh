# needs: userns
# --disable-userns: the command can make no user namespace; --assert-userns-disabled fails where it could.
expect_status 0 nacre as bwrap --unshare-user --disable-userns --assert-userns-disabled --ro-bind / / --proc /proc \
	sh -c '! unshare --user true 2>/dev/null'
expect_status 0 nacre as bwrap --unshare-user --unshare-pid --disable-userns --ro-bind / / --proc /proc --cap-add ALL \
	sh -c '! unshare --user true 2>/dev/null && ! umount /proc 2>/dev/null && ! sh -c "echo 100 >/proc/sys/user/max_user_namespaces" 2>/dev/null'
expect_status 1 nacre as bwrap --unshare-user --assert-userns-disabled --ro-bind / / true
expect_match '^bwrap: user namespaces can still be made in the box'
expect_output "$(id -u)" nacre as bwrap --unshare-user --disable-userns --ro-bind / / id -u
