# needs: userns overlay tool:getfattr
# copyfrom=: what an empty upper begins with, whatever kinds of files there are.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
mkdir m low up work
hostile_tree from
expect_status 0 overlayns -o m,lowerdir=low,upperdir=up,workdir=work,copyfrom=from cat 'm/with space/file'
setfattr -x user.overlay.uuid up 2>/dev/null || true
same_tree from up
# One that holds something is used as it is: the second time nothing is copied.
echo mine >up/tool
expect_output mine overlayns -o m,lowerdir=low,upperdir=up,workdir=work,copyfrom=from cat m/tool
expect_output text overlayns -o m,lowerdir=low,tmp,copyfrom=from cat 'm/with space/file'
expect_output text overlayns -o m,shadow,tmp,copyfrom=from cat 'm/with space/file'
[ -z "$(names m)" ] || fail "the place was written"
expect_error 33 plan-overlay-copyfrom-readonly overlayns -o m,lowerdir=low,copyfrom=from true
expect_status 125 overlayns -o m,lowerdir=low,tmp,copyfrom=none true
expect_match '/none'
