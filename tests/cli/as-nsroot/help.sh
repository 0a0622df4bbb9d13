# needs: userns
# -h prints the usage on stdout; a link of that name is nsroot.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
for word in -h --help --he; do
	expect_status 0 nsroot $word
	grep -q '^Usage: nsroot ' "$T/tmp/stdout" || fail "no usage"
	for option in gid-map help ipc keep-old-root uid-map net old-root read-only volume; do
		grep -qe "--$option" "$T/tmp/stdout" || fail "the usage lacks --$option"
	done
	[ ! -s "$T/tmp/stderr" ] || fail "it said something"
done
ln -s "$NACRE" nsroot
expect_output / ./nsroot / pwd
expect_status 255 ./nsroot -x
expect_match '^nsroot: unknown option -x$'
