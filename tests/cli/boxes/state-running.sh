# needs: userns overlay tool:jq
# A box that is used: told by all, kept from harm, and not the one that is meant without a name.
mkfifo ready go
nacre run -q -n idle touch idle
nacre run -q -n busy -b "$T" sh -c 'touch /var/tmp/busy; echo >ready; cat go' >/dev/null &
cat ready
expect_status 0 nacre ls
expect_match '^busy +running '
expect_status 0 nacre inspect busy
expect_match "^  held by   process $!: .*nacre run -q -n busy"
nacre inspect --json busy | jq -e --argjson pid $! '.state == "running" and .processes[0].pid == $pid'
expect_status 0 nacre inspect
expect_match '^box idle, kept'

expect_error box-in-use nacre run -n busy true
[ -d "$XDG_STATE_HOME/nacre/boxes/busy/work" ] || fail "the refused run has taken the scratch space away"
expect_error box-in-use nacre rm idle busy
expect_match "^nacre: cannot use the box busy: another process uses the box"
expect_match "held by process $!: .*nacre run -q -n busy"
expect_status 0 nacre inspect idle
expect_status 0 nacre gc
expect_status 0 nacre rm --all
expect_error box-none nacre inspect
expect_match 'every box is in use'
echo >go
wait
expect_status 0 nacre rm busy
expect_error box-none nacre inspect
expect_match 'there is no box'
