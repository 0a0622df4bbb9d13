# needs: userns overlay
# Defect 24: a mount of fewer than three fields was read beyond its end, and copyfrom= without an upper aborted.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
mkdir m low
for spec in abc a,b ',' '' a 'tmpfs,none\,/m'; do
	expect_error 33 spec-fields overlayns -m "$spec" true
done
expect_error 33 plan-overlay-copyfrom-readonly overlayns -o m,lowerdir=low,copyfrom=low true
expect_error 33 plan-overlay-copyfrom-readonly overlayns -o m,shadow,copyfrom=low true
for value in a '' : a: ':b' a:b:c:d; do
	expect_status 255 nsroot -v "$value" / true
done
