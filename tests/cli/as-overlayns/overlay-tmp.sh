# needs: userns overlay
# tmp: what is written is in memory and gone at the end, however that comes; TMPDIR is not touched.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
mkdir m low up work
echo low >low/file
rm -rf tmp/* && mkdir -p tmp
expect_output 'more' overlayns -o m,lowerdir=low,tmp sh -c 'echo more >m/file; mkdir -p m/a/b; rm -r m/a; mv m/file m/g; cat m/g'
[ "$(cat low/file)" = low ] && [ -z "$(names m)" ] || fail "something was written"
# It wins over an upper that is named as well.
expect_status 0 overlayns -o m,lowerdir=low,upperdir=up,workdir=work,tmp touch m/new
[ -z "$(names up)$(names work)" ] || fail "the upper was used"
rm -f tmp/std*
[ -z "$(names tmp)" ] || fail "in TMPDIR: $(names tmp)"
# Killed in the middle, and after a mistake in a later word.
mkfifo fifo
nacre as overlayns -o m,lowerdir=low,tmp sh -c 'echo x >m/x; echo ready; exec sleep 1000' >fifo &
pid=$!
read -r _ <fifo
kill -KILL $pid
wait $pid || true
expect_status 33 overlayns -o m,lowerdir=low,tmp -o m
rm -f tmp/std*
[ -z "$(names tmp)$(names m)$(names work)" ] || fail "something was left: $(names tmp) $(names m)"
[ ! -e "$XDG_STATE_HOME/nacre" ] || [ -z "$(names "$XDG_STATE_HOME/nacre")" ] || fail "a box was made"
