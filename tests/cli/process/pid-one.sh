# needs: userns overlay
# PID 1 is nacre's init, the command is its child, and no process from outside is seen.
expect_output '2 1' nacre run --rm -- sh -c 'echo $$ $PPID'
expect_output '1 2 3 4 5' nacre run --rm -- sh -c 'echo $(ls -v /proc | grep "^[0-9]*$")' # 2 sh, the rest its pipe
