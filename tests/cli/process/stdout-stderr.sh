# needs: userns overlay
# Standard output and error are the command's, kept apart, and nacre adds nothing.
nacre run --rm -- sh -c 'echo out; echo err >&2' >out 2>err
[ "$(cat out err)" = $'out\nerr' ] && [ "$(cat out)" = out ] || fail "$(head out err)"
nacre run --rm -- sh -c 'exec yes' 2>err | head -n 2 >out
[ "$(cat out)" = $'y\ny' ] || fail "a pipe that ends: $(cat out err)"
