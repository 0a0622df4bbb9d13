# needs: userns overlay
# A command in a box that lives, and only there.
expect_error usage-no-box nacre exec
expect_error box-unknown nacre exec dev true
nacre start -q dev
expect_error usage-no-command nacre exec dev
expect_output 'word' sh -c 'echo word | nacre exec dev cat'
expect_status 7 nacre exec dev sh -c 'exit 7'
expect_status 143 nacre exec dev sh -c 'kill -TERM $$'
expect_status 127 nacre exec dev no-such-command
expect_output "$PWD" nacre exec dev pwd
expect_output "/usr" nacre exec -w /usr dev -- pwd
expect_output "X=1" nacre exec --clear-env -e X=1 dev /usr/bin/env
expect_error usage-unknown-option nacre exec --hostname x dev true
# The same processes; options of the command are its own.
expect_output "$(nacre exec dev readlink /proc/self/ns/pid)" nacre enter dev -- readlink /proc/self/ns/pid
expect_output 'x --hostname' nacre exec dev echo x --hostname
# Its output goes where it is sent, and it ends with its reader.
nacre exec dev sh -c 'echo out; echo err >&2' >out 2>err
[ "$(cat out err)" = "$(printf 'out\nerr')" ] || fail "not apart: $(cat out err)"
nacre stop dev
expect_error box-not-living nacre exec dev true
# An unknown name is told with the nearest.
expect_error box-unknown nacre exec deb true
