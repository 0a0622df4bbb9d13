# needs: userns overlay
# Relative paths are relative to the working directory, never a thing of another kind.
mkdir low
echo content >low/file
nacre run --rm -b low:/mnt cat /mnt/file
nacre run --rm -b low cat low/file
