# needs: userns overlay
# -m and -o are applied in the order given, whichever they are.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
mkdir a low
echo low >low/file
expect_output file overlayns -m tmpfs,none,a -o a/in,lowerdir=low,mkdir=maybe ls a/in
expect_output '' overlayns -o a,lowerdir=low -m tmpfs,none,a ls a
expect_output file overlayns -m tmpfs,none,a -o a,lowerdir=low ls a
expect_status 41 overlayns -o a/in,lowerdir=low -m tmpfs,none,a true
# Later words see what earlier ones made.
expect_output 'file made' overlayns -o a,lowerdir=low,tmp -m tmpfs,none,a/made,mkdir=maybe sh -c 'echo $(ls a)'
expect_output file overlayns -m bind,low,a -o home,shadow,lowerdir=low ls home
