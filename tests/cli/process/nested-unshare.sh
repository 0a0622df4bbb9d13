# needs: userns overlay
# In unshare --map-root-user nacre works as in the host, and its root is that namespace's.
expect_output 0 unshare --user --map-root-user nacre run --rm -- id -u
expect_status 4 unshare --user --map-root-user --mount --pid --fork \
	nacre run --rm -- sh -c 'echo x >file; exit 4'
[ ! -e file ] || fail "it was written outside"
