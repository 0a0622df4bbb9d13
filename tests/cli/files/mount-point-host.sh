# needs: userns overlay
# A mount point that the host lacks: there in the box, never made on the host, and no change.
mkdir src
echo here >src/file
for writes in keep drop deny host; do
	expect_output here nacre run --writes "$writes" -b "src:$T/new/place" -- cat "$T/new/place/file"
	[ ! -s "$T/tmp/stderr" ] || fail_with_output "--writes $writes: it said something"
	expect_output here nacre run --writes "$writes" -b src:/nacre-test-place -- cat /nacre-test-place/file
	[ ! -s "$T/tmp/stderr" ] || fail_with_output "--writes $writes: it said something"
done
[ ! -e new ] && [ ! -e /nacre-test-place ] || fail "it was made on the host"
