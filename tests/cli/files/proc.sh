# needs: userns overlay
# --proc and the default /proc show only the box's processes; --no-defaults leaves it out.
small_root root
expect_output 1 box root -- sh -c 'ls -d /proc/1'' | wc -l'
expect_status 0 box root -- sh -c 'test "$(cat /proc/self/stat | cut -d" " -f1)" -lt 20'
expect_output proc box root --proc /p -- stat -f -c %T /p
expect_output none box root --no-defaults -- sh -c 'test -e /proc/self || echo none'
