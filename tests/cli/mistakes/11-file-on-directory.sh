# needs: userns
# A file bound on a directory, and a directory on a file.
mkdir -p root/dir low
: >root/file
: >file
nacre run --root root --rw -b file:/dir true || echo "status $?"
nacre run --root root --rw -b low:/file true || echo "status $?"
