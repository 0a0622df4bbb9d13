# needs: userns overlay tty
# Without a terminal on both sides the command has what nacre has; with one, nothing of the caller's, not even to type into.
small_root root
printf '%s\n' "exec nacre enter dev --root root -b '${PUSH%/*}:/helpers:ro' ${host_programs[*]} -- \"\$@\"" >e
expect_status 0 on_terminal sh -c 'sh e sh -c "test -t 0 && ! test -t 1 && ! tty | grep -q ^/" | cat'
expect_status 0 on_terminal sh -c 'sh e sh -c "! test -t 0 && test -t 1" </dev/null'
# An error output that is no terminal stays what it is; one that is becomes the command's.
expect_status 0 on_terminal sh -c 'sh e sh -c "test -t 0 && ! test -t 2 && echo wrong >&2" 2>errors'
[ "$(cat errors)" = wrong ] || fail "its errors went elsewhere"
expect_status 0 on_terminal sh -c 'sh e sh -c "test \$(readlink /proc/self/fd/2) = \$(tty)"'
# Nothing can be typed, by no spelling; and the terminal that it could be typed into is not the caller's.
expect_status 0 on_terminal sh e /helpers/push
expect_no_match ': done'
expect_match 'TIOCSTI: Operation not permitted'
caller=$(on_terminal sh -c 'stat -L -c %t:%T:%d /dev/stdin' | tr -d '\r')
expect_status 0 on_terminal sh e sh -c 'stat -L -c %t:%T:%d /dev/stdin /dev/stdout /dev/stderr'
expect_no_match "$caller"
# Its leader, which nobody can look into, is in the box.
expect_status 0 on_terminal sh e sh -c 'ls -l /proc/$PPID/fd 2>&1 | grep -q -- "->" && exit 1; readlink /proc/$PPID/exe && exit 1; exit 0'
