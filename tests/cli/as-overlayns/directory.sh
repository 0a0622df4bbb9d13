# needs: userns overlay
# A working directory that a mount covers is what the mount shows.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
mkdir m low
echo low >low/file
expect_output low sh -c 'cd m && nacre as overlayns -o "$1/m,lowerdir=$1/low" cat file' sh "$T"
expect_output tmpfs sh -c 'cd m && nacre as overlayns -m tmpfs,none,. stat -f -c %T .'
