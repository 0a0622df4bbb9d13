# needs: userns overlay mirror tool:dpkg-source tool:gcc tool:make
# timeout: 300
# A package is configured, built, tested and installed to /usr/local in a box, by whoever calls.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/apt.sh"
# Root's directories are not writable in an upper either.
trap 'chmod -R u+rwX "$T/home"' EXIT

places()
{
	find /usr/local hello -printf '%p %y %m %U %s %C@\n'
}

hello_source
with_usr_local shared
places >before

expect_status 0 nacre run --workdir "$T/hello" -- sh -ec \
	'./configure -q; make -s; make -s check; make -s install; /usr/local/bin/hello -t'
expect_match '^# PASS: +[1-9]'
expect_match '^hello, world$'
expect_match 'changes kept in box'
places >after
diff -u before after || fail "it was written outside"
find home -path '*/usr/local/bin/hello' -type f | grep -q . || fail "the box does not hold it"
