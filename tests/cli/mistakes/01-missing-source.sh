# needs: userns
# A source, a layer and a root that are not there.
mkdir root
nacre run --root root --rw -b nothing:/mnt true || echo "status $?"
nacre run --root root --rw -o /mnt,lower=nothing true || echo "status $?"
nacre run --root nothing true || echo "status $?"
