# needs: userns
# As bubblewrap, and unlike nacre run, it makes what is missing also in a directory of the host that is bound writable; what lies
# outside of that stays untouched, whatever links lead there.
mkdir work secret
ln -s "$T/secret" work/way
ln -s /secret work/inside
nacre as bwrap --ro-bind / / --bind work /mnt --dir /mnt/made --file 10 /mnt/file true 10<<<text
[ -d work/made ] && [ "$(cat work/file)" = text ] || fail "not made"
# The link's target is looked for in the new root, where there is none that could be written to.
! nacre as bwrap --tmpfs / --ro-bind /usr /usr --bind work /w --dir /w/way/evil /usr/bin/true 2>err || true
[ -z "$(ls secret)" ] || fail "something was made behind a link"
! nacre as bwrap --ro-bind / / --bind work /mnt --file 10 /mnt/way/evil true 10<<<text 2>err ||
	fail "a file was made behind a link"
[ -z "$(ls secret)" ] || fail "a file was made behind a link"
