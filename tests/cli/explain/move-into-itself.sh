# needs: userns overlay
# A mount moved below itself by way of a link.
mkdir -p root/mount/below low/below
ln -s /mount/below root/link
expect_error move-into-itself nacre run --root root -b low:/mount -m move,/mount,/link true
