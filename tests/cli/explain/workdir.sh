# needs: userns overlay
# A working directory that the box lacks; one that the host has is offered.
mkdir root here
expect_error workdir-missing nacre run -w /no/such/directory true
expect_error workdir-missing nacre run --root root -w "$T/here" /true
expect_match "fix     show it in the box with -b $T/here"
