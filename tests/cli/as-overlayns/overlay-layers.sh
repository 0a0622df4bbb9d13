# needs: userns overlay
# lowerdir=A:B, the first on top; upperdir and workdir, both or neither.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
mkdir m top mid low up work
for dir in top mid low; do
	echo $dir >$dir/file
	: >$dir/$dir
done
expect_output 'file low mid top' overlayns -o m,lowerdir=top:mid:low sh -c 'echo $(ls m)'
expect_output top overlayns -o m,lowerdir=top:mid:low cat m/file
expect_output low overlayns -o "m,lowerdir=$T/low:$T/mid" cat m/file
# Neither: read-only, one layer or several.
expect_status 0 overlayns -o m,lowerdir=low sh -c '[ "$(cat m/file)" = low ] && ! touch m/x 2>/dev/null'
expect_status 0 overlayns -o m,lowerdir=top:low sh -c '! touch m/x 2>/dev/null'
# Both: what is written is there afterwards.
expect_status 0 overlayns -o m,lowerdir=top:low,upperdir=up,workdir=work sh -c 'echo new >m/file && rm m/low'
[ "$(cat up/file)" = new ] && [ -c up/low ] || fail "not in the upper"
expect_output 'file top' overlayns -o m,lowerdir=top:low,upperdir=up,workdir=work sh -c 'echo $(ls m)'
[ "$(cat top/file)" = top ] || fail "the layer was written"
rm -rf work up
mkdir up work
# One without the other, and no layer.
expect_error 33 spec-overlay-pair overlayns -o m,lowerdir=low,upperdir=up true
expect_error 33 spec-overlay-pair overlayns -o m,lowerdir=low,workdir=work true
expect_error 33 plan-overlay-empty overlayns -o m true
expect_match '^overlayns: cannot overlay '
expect_error 33 plan-overlay-empty overlayns -o m,upperdir=up,workdir=work true
expect_error 33 plan-overlay-empty overlayns -o m,tmp true
expect_error 33 spec-value overlayns -o m,lowerdir= true
# A layer that is not there.
expect_status 125 overlayns -o m,lowerdir=none:low true
expect_match '/none'
