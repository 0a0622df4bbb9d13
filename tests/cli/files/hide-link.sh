# needs: userns overlay
# Hiding a link hides what it points to in the box, never the host's.
small_root root
mkdir root/real
touch root/real/key
ln -s /real root/link
expect_output '' box root --hide /link -- ls -A /real
expect_output '' box root --hide /link -- ls -A /link
