# needs: userns overlay
# A devpts of the box's own is empty and has the mode and group that were asked for.
small_root root
expect_output ptmx box root --devpts /pts -- ls /pts
expect_status 0 box root --devpts /pts,mode=600 -- grep ' /pts ' /proc/self/mountinfo
expect_match 'mode=600'
expect_match ' - devpts '
