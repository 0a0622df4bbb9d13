# needs: userns overlay
# What the box mounts never appears on the host, though the host's mounts are shared.
mkdir src
with_mounts '
	mount --bind src src
	mount --make-shared src
	expect_status 0 nacre run --rm --tmpfs "$T/src" -- touch "$T/src/new"
	[ -z "$(ls -A src)" ] || fail "it appeared"
	expect_status 0 nacre run --rw --tmpfs "$T/src" -- touch "$T/src/new"
	[ -z "$(ls -A src)" ] || fail "it appeared"
	[ "$(grep -c " $T/src " /proc/self/mountinfo)" = 1 ] || fail "a mount came out"
'
