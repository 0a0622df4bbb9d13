# needs: userns overlay
# timeout: 20
# Defect 1: a specification whose last comma was escaped was cut for ever, and took all memory.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
mkdir m 'a,b' 'c,'
: >'a,b/one'
: >'c,/two'
expect_output one overlayns -o 'm,lowerdir=a\,b' ls m
expect_output two overlayns -o 'm,lowerdir=c\,' ls m
expect_output one overlayns -m 'bind,a\,b,m' ls m
expect_output two nacre run --rm -o 'm,lower=c\,' -- ls m
# Three backslashes are one and an escaped comma; two are one, and the comma cuts.
mkdir 'd\,e' 'd\'
: >'d\,e/three'
: >'d\/four'
expect_output three overlayns -o 'm,lowerdir=d\\\,e' ls m
expect_output four overlayns -o 'm,lowerdir=d\\,ro' ls m
