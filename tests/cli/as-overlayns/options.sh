# needs: userns overlay
# Letters alone, values in the same word or the next; options end at the first word that is none, or at --.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
mkdir a b
expect_output -h overlayns echo -h
expect_output '-N -o x' overlayns -- echo -N -o x
expect_output '--' overlayns echo --
expect_output 'tmpfs tmpfs' sh -c 'nacre as overlayns -mtmpfs,none,a -m tmpfs,none,b stat -f -c %T a b | paste -sd " "'
# Letters in one word, the last with its value.
expect_output 'tmpfs lo:' sh -c 'nacre as overlayns -Nmtmpfs,none,a sh -c "stat -f -c %T a; grep -o [a-z]*: /proc/net/dev" | paste -sd " "'
expect_status 1 overlayns -x true
expect_match '^overlayns: unknown option -x$'
expect_status 1 overlayns -Nx true
expect_status 1 overlayns --help
expect_status 1 overlayns -N=1 true
expect_status 1 overlayns -m
expect_match '^overlayns: -m needs a value$'
expect_status 1 overlayns -No
# A word that is no option, and is no program either.
expect_status 127 overlayns '' -h
expect_status 127 overlayns - -h
