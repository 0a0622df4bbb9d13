# needs: userns
# --args: options from a descriptor, in their place among the others; more than one.
printf '%s\0' --setenv ONE 1 --setenv TWO 1 >a
printf '%s\0' --setenv TWO 2 >b
expect_output '1 2 3' nacre as bwrap --ro-bind / / --args 10 --args 11 --setenv THREE 3 sh -c 'echo "$ONE $TWO $THREE"' 10<a 11<b
printf '%s\0' --ro-bind / / --setenv NAME $'a new\nline' >c
expect_output $'a new\nline' nacre as bwrap --args 10 sh -c 'echo "$NAME"' 10<c
printf '%s\0' --args 10 >d
expect_status 1 nacre as bwrap --ro-bind / / --args 10 true 10<d
printf '%s\0' --bind /usr >e
expect_status 1 nacre as bwrap --ro-bind / / --args 10 true 10<e
printf '%s\0' --ro-bind / / true >f
expect_status 1 nacre as bwrap --args 10 true 10<f
