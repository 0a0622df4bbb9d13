# needs: userns overlay
# A root without a program's loader is told from one without the program, and the host's is offered.
mkdir root
cp "$(type -P true)" root/program
expect_error 127 loader-missing nacre run --root root /program
expect_match 'cannot run /program: its loader /[^ ]* is not in the box'
expect_match 'fix     show the host.s in the box: -b /[^ ]*:ro'
