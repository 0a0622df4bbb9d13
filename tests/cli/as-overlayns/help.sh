# needs: userns
# -h prints the usage on stdout, and nothing else is done; a link of that name is overlayns.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
expect_status 0 overlayns -h
grep -q '^Usage: overlayns ' "$T/tmp/stdout" || fail "no usage"
for word in -o -m -N mkdir= lowerdir= upperdir= workdir= shadow tmp copyfrom=; do
	grep -qe "$word" "$T/tmp/stdout" || fail "the usage lacks $word"
done
[ ! -s "$T/tmp/stderr" ] || fail "it said something"
# Before a command, among others, and whatever is wrong after it.
expect_status 0 overlayns -N -h true
expect_status 0 overlayns -h -x
ln -s "$NACRE" overlayns
expect_output inside ./overlayns -m tmpfs,none,home echo inside
expect_status 22 ./overlayns
expect_match '^overlayns: '
