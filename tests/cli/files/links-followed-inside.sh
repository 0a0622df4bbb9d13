# needs: userns overlay
# A link in the root on the way to a mount point is followed inside the root, as the program will.
small_root root
mkdir -p root/run root/var
ln -s /run root/var/run
ln -s ../run/inner root/var/inner
echo there >file
expect_output there box root --tmpfs /run/inner -b file:/var/run/inner/file -- cat /run/inner/file
expect_output there box root --tmpfs /run/x -b file:/run/x/f -- cat /var/run/x/f
expect_output there box root -b file:/var/run/y/f -- cat /run/y/f
# One that leads nowhere gives way to a directory in the box.
expect_output there box root -b file:/var/inner/f -- cat /var/inner/f
[ -L root/var/inner ] || fail "the root was changed"
