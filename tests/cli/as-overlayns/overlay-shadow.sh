# needs: userns overlay
# shadow: what is at the mount point is the top layer, and what lowerdir names comes below it.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
mkdir m low
echo mine >m/file
: >m/mine
echo low >low/file
: >low/low
expect_output 'file low mine' overlayns -o m,shadow,lowerdir=low sh -c 'echo $(ls m)'
expect_output mine overlayns -o m,lowerdir=low,shadow cat m/file
expect_status 0 overlayns -o m,shadow sh -c '! touch m/new 2>/dev/null && [ -e m/mine ]'
expect_output 'file mine new' overlayns -o m,shadow,tmp sh -c 'touch m/new && rm m/file && echo >m/file && echo $(ls m)'
[ "$(names m)" = "file mine " ] && [ "$(cat m/file)" = mine ] || fail "the directory was written"
mkdir up work
expect_status 0 overlayns -o m,shadow,upperdir=up,workdir=work touch m/new
[ -e up/new ] || fail "not in the upper"
# A system's directory, and a second overlay over the first.
expect_status 0 overlayns -o /etc,shadow,tmp sh -c 'touch /etc/nacre-test && [ -e /etc/passwd ]'
[ ! -e /etc/nacre-test ] || fail "it was written"
expect_output 'file low mine' overlayns -o m,shadow,lowerdir=low -o m,shadow sh -c 'echo $(ls m)'
