# needs: userns overlay
# PID 1 is nacre's init, the command is its child, and no process from outside is seen.
expect_output '2 1' nacre run --rm -- sh -c 'echo $$ $PPID'
expect_output '/proc/1 /proc/2' nacre run --rm -- sh -c 'echo /proc/[0-9]*'
