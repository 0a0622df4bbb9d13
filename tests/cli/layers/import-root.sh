# needs: archive root
# Root keeps owners, and with them its own set-user-ID bits.
mkdir tree
touch tree/root tree/other
chown 12:34 tree/other
chmod 4755 tree/root tree/other
tar -C tree -cf tree.tar .
expect_status 0 nacre import tree.tar
expect_match "^nacre: left out: 1 set-user-ID or set-group-ID bit$"
cd "$HOME/.local/share/nacre/layers/tree"
expect_output '0:0 4755 12:34 755' sh -c 'echo $(stat -c "%u:%g %a" root other)'
