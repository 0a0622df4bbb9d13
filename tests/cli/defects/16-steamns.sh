# needs: userns
# Defect 16, steamns: the command was PID 1; the process that held namespaces span at 100 % of a CPU, did not end by SIGTERM, and stayed
# up to a minute behind its last member.
# The command is a child of an init that sleeps; a holder ends by SIGTERM, and at once with its last member.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
steam_root root
used()
{
	{
		sed 's/.*) //' "/proc/$1/stat" | cut -d ' ' -f 12,13
		grep ctxt "/proc/$1/status"
	} | tr '\n\t' '  '
}
is_idle()
{
	local before

	for _ in 1 2 3; do
		before=$(used "$1")
		sleep 1
		if [ "$(used "$1")" = "$before" ]; then
			return
		fi
	done
	fail "$2 used $before, then $(used "$1")"
}
expect_status 0 steam sh -c '[ $$ -gt 1 ]'
steamns -p root -D -c ns &
holder=$!
wait_until test -L ns
# A child that lives and none that is dead.
steamns -j ns sh -c 'true & (sleep 1000 & echo $! >/tmp/orphan); touch /tmp/there; sleep 1000' &
member=$!
wait_until steam -j ns test -e /tmp/there
live=$(echo "$XDG_STATE_HOME"/nacre/boxes/*/live)
is_idle "$holder" 'the holder'
is_idle "$(sed -n 's/^init \([0-9]*\) .*/\1/p' "$live")" 'init'
is_idle "$(sed -n 's/^keeper \([0-9]*\) .*/\1/p' "$live")" 'the keeper'
begin=$SECONDS
kill -TERM $holder
status=0
wait $holder || status=$?
[ $status -eq 143 ] || fail "the holder's status is $status"
wait $member || true
[ $((SECONDS - begin)) -lt 8 ] || fail "it took $((SECONDS - begin)) seconds"
passes ns

steamns -p root -D -c ns &
holder=$!
wait_until test -L ns
begin=$SECONDS
expect_status 0 steam -j ns true
wait $holder
[ $((SECONDS - begin)) -lt 5 ] || fail "it stayed for $((SECONDS - begin)) seconds"
passes ns
