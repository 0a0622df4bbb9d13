# needs: userns overlay
# A read-only bind takes no writes, of files below it either.
small_root root
mkdir -p src/sub
echo before >src/sub/file
expect_output before box root -b src:/data:ro -- \
	sh -c 'cat /data/sub/file; ! echo after 2>/dev/null >/data/sub/file; ! mkdir /data/new 2>/dev/null'
[ "$(cat src/sub/file)" = before ] && [ ! -e src/new ] || fail "the source was written"
