# needs: userns
# The command is not PID 1: orphans are reaped, and signals do what they do elsewhere. So it is for who joins.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
steam_root root
check()
{
	expect_status 0 "$@" sh -c '[ $$ -gt 1 ]'
	expect_status 143 "$@" sh -c 'kill -TERM $$; exit 9'
	expect_status 137 "$@" sh -c 'kill -KILL $$; exit 9'
	# shellcheck disable=SC2016
	expect_output '' "$@" sh -c 'for n in 1 2 3 4; do (sh -c "true & exec true" &); done; sleep 0.3
		grep -ls "^State:.Z" /proc/[0-9]*/status || :'
}
check steam
check steam -r
check steam -D -j ns
steamns -p root -c ns sleep 1000 &
creator=$!
wait_until test -L ns
check steam -j ns
kill $creator
wait $creator || true
