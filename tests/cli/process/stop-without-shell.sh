# needs: userns overlay
# A stopped command goes on with SIGCONT, sent to it or to nacre.
mkfifo fifo
nacre run --rm -- bash -c 'echo $$; kill -STOP $$; exit 5' >fifo &
read -r _ <fifo
sleep 0.2
kill -CONT $!
status=0 && wait $! || status=$?
[ "$status" -eq 5 ] || fail "status $status"
