# needs: userns
# Without /proc the mounts cannot be read. What AddressSanitizer reads there stays: its options.
# shellcheck disable=SC2016 # for the inner shell
expect_error proc-missing unshare --user --map-root-user --mount sh -eu -c '
	mount -t tmpfs tmpfs /proc
	mkdir /proc/self
	printf "%s\0" "ASAN_OPTIONS=$ASAN_OPTIONS" >/proc/self/environ
	exec "$0" run true' "$NACRE"
