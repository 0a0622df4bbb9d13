# needs: userns overlay
# --linger: what the command leaves running may go on for so long, or until it is through. The status is the command's.
for more in "" "--share pid" "--rw --share pid" "--as-root --cap-add all"; do
	rm -f left
	# shellcheck disable=SC2086 # words
	expect_status 3 nacre run -q $more -b "$T" --linger 20 -- bash -c '(setsid bash -c "sleep 0.5; echo left >left" &) ; exit 3'
	[ "$(cat left)" = left ] || fail "$more: it was not waited for"
	begin=$(date +%s%3N)
	# shellcheck disable=SC2086 # words
	expect_status 143 nacre run -q $more --linger 0.3 -- bash -c '(setsid bash -c "trap : HUP TERM; while :; do sleep 9; done" &); kill $$; sleep 1'
	took=$(($(date +%s%3N) - begin))
	[ $took -ge 300 ] && [ $took -lt 8000 ] || fail "$more: it took $took ms"
done
begin=$(date +%s%3N)
expect_status 0 nacre run --rm --linger 30 -- true
[ $(($(date +%s%3N) - begin)) -lt 5000 ] || fail "nothing was left, and it waited"

# Who asks for the end does not wait.
rm -f fifo && mkfifo fifo
nacre run --rm --linger 60 -- bash -c '(setsid bash -c "trap \"\" TERM; echo ready; sleep 60" &); exit 5' >fifo &
exec 4<fifo
read -r _ <&4
wait_until sh -c "[ -z \"$(box_command $!)\" ] || ! kill -0 \"$(box_command $!)\" 2>/dev/null || sleep 0.2"
sleep 0.3
kill -TERM $!
status=0
wait $! || status=$?
[ "$status" -eq 5 ] || fail "status $status"
