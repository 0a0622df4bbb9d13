# needs: userns overlay
# A read-only bind covers every mount below it: also those whose names begin alike, and stacked ones.
small_root root
mkdir -p src/foo src/foobar src/foo/bar
with_mounts '
	mount -t tmpfs none src/foo
	mkdir src/foo/bar
	mount -t tmpfs none src/foo/bar
	mount -t tmpfs none src/foobar
	mount -t tmpfs none src/foobar
	for place in . foo foo/bar foobar; do
		expect_status 0 box root -b src:/data:ro -- sh -c "! touch /data/$place/new 2>/dev/null"
		expect_status 0 box root -b src:/data -- touch "/data/$place/new"
		expect_status 0 test -e "src/$place/new"
	done
	expect_status 0 box root -b src:/x/foo:ro -b src:/x/foobar -- \
		sh -c "! touch /x/foo/new 2>/dev/null && touch /x/foobar/new"
'
