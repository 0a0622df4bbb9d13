# needs: archive user
# Owners become the caller's; bits that would have meant another user are left out, and said to be.
cp "$(command -v tar)" own
chmod 4755 own
tar -cf own.tar own
expect_status 0 nacre import own.tar
expect_no_match 'left out'
cd "$HOME/.local/share/nacre/layers"
expect_output "4755 $(id -u)" stat -c '%a %u' own/own
"$TAR" s setuid 4755 s setgid 2755 d dir 2755 s plain 755 >"$T/root.tar"
expect_status 0 nacre import "$T/root.tar"
expect_match "^nacre: left out: 2 set-user-ID or set-group-ID bits$"
expect_output "755 755 2755 755 $(id -u)" sh -c 'echo $(stat -c %a root/setuid root/setgid root/dir root/plain) $(stat -c %u root/setuid)'
