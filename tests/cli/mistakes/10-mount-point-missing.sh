# needs: userns overlay
# A mount point that a read-only root lacks is made in the box, and nowhere else.
mkdir root low below
echo content >low/file
nacre run --ro -b "$T/low:/nacre-test/here" cat /nacre-test/here/file
[ ! -e /nacre-test ]
nacre run --root root -b below:/mnt -b low:/mnt/here true || echo "status $?"
ls root below
