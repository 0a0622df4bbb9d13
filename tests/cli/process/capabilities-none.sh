# needs: user userns overlay
# With the caller's own id the command has no capability in any set.
want='CapInh:	0000000000000000
CapPrm:	0000000000000000
CapEff:	0000000000000000
CapBnd:	0000000000000000
CapAmb:	0000000000000000'
expect_output "$want" nacre run --rm -- grep ^Cap /proc/self/status
expect_output "$want" nacre run --rm --share pid -- grep ^Cap /proc/self/status
expect_output "$want" nacre run --rm -u 5:6 -- grep ^Cap /proc/self/status
expect_output "$want" nacre run --rm -u 0 --cap-drop all -- grep ^Cap /proc/self/status
