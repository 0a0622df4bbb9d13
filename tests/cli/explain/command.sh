# needs: userns overlay
# Why the command could not be started: 127 when it or what it names is not there, else 126.
mkdir root path shut
printf '#!/no/such/interpreter\n' >script
printf 'echo\n' >plain
printf '\177ELF\2\1\1\0\0\n' >foreign
chmod +x script foreign

expect_error 127 interpreter-missing nacre run ./script
expect_match 'cannot run ./script: its interpreter /no/such/interpreter is not in the box'
expect_error 127 command-path-missing nacre run ./nothing
expect_error 127 command-not-found nacre run no-such-command
expect_error 126 command-is-directory nacre run ./path
expect_match "$T/path is a directory|\./path is a directory"
expect_error 126 command-not-executable nacre run ./plain
expect_error 126 command-format nacre run ./foreign
cp "$(type -P true)" path/true
expect_error 126 command-noexec nacre run -b "$T/path:/mnt:noexec" /mnt/true
expect_match '/mnt is mounted noexec in the box'
