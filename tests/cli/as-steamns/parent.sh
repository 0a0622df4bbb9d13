# needs: userns
# SIGTERM to steamns reaches the command, whose status is that of steamns, 128 + n after signal n; what cannot be set up is 125, with
# the reason; nothing lives on when steamns is killed.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
steam_root root
expect_status 0 steam true
expect_status 3 steam sh -c 'exit 3'
expect_status 139 steam sh -c 'kill -SEGV $$'
steamns -p root sh -c 'trap "exit 44" TERM; touch /home/ready; while :; do sleep 0.05; done' &
pid=$!
wait_until test -e root/home/ready
kill -TERM $pid
status=0
wait $pid || status=$?
[ $status -eq 44 ] || fail "the status is $status"
steamns -p root sh -c 'setsid sleep 988 & sleep 988' &
pid=$!
wait_until pgrep -x -f 'sleep 988'
kill -KILL $pid
wait $pid || true
wait_until sh -c '! pgrep -x -f "sleep 988"'
expect_status 125 steamns -p "$T/nowhere" true
expect_status 125 steamns -p "$T/root/etc/passwd" true
expect_match '^steamns: cannot use '
