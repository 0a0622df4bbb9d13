# needs: userns overlay
# Directories of the base can be renamed, replaced and removed in a box.
small_root root
mkdir -p root/a/b/c
touch root/a/b/c/file
expect_output '/x/c/file' box root --rm -- sh -c 'mv /a/b /x && rm -r /a && find /x -type f'
expect_output '/a' box root --rm -- sh -c 'mv /a /z && mkdir /a && find /a'
