# needs: userns
# The working directory is not in the root.
mkdir root here
nacre run --root root --rw -w "$T/here" true || echo "status $?"
