# needs: userns overlay
# A member who was stopped (Ctrl-Z of a pipeline) does not hold up the end of the box, whose command is his child.
small_root root
expect_status 0 nacre start dev --root root "${host_programs[@]}"
nacre exec dev sh -c 'echo up >/up; exec sleep 1000' | cat >seen &
wait_until nacre exec dev test -e /up
member=$(pgrep -f "nacre exec dev sh -c echo up" | head -1)
kill -STOP "$member"
wait_until grep -q '^State:.*T' "/proc/$member/status"
begin=$SECONDS
expect_status 0 nacre stop --grace 20 dev
[ $((SECONDS - begin)) -lt 15 ] || fail "it took $((SECONDS - begin)) s"
wait_until [ ! -e "/proc/$member" ]

# The same when its command does not heed SIGTERM.
expect_status 0 nacre start dev
nacre exec dev sh -c 'trap "" TERM; echo up >/up2; while :; do sleep 1; done' | cat >seen &
wait_until nacre exec dev test -e /up2
member=$(pgrep -f 'nacre exec dev sh -c trap' | head -1)
kill -STOP "$member"
expect_status 0 nacre stop --grace 1 dev
wait_until [ ! -e "/proc/$member" ]
