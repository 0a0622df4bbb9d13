# needs: userns overlay
# Defect 16: the command itself was PID 1: nobody reaped orphans, and signals whose default is to end it did nothing.
# Of a run and of each member of a box that lives it is another one, SIGTERM ends it, and orphans are reaped.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/live.sh"
small_root root

# shellcheck disable=SC2016 # for the shell inside
zombies='
for n in 1 2 3 4 5 6 7 8; do (sh -c "true & exec true" &); done
for try in $(seq 100); do
	grep -ls "^State:.Z" /proc/[0-9]*/status >/zombies
	[ -s /zombies ] || break
	sleep 0.05
done
cat /zombies'
check()
{
	expect_status 0 "$@" sh -c '[ $$ -gt 1 ] && [ "$(cat /proc/1/comm)" != sh ]'
	expect_output '' "$@" sh -c "$zombies"
	# shellcheck disable=SC2016
	expect_status 143 "$@" sh -c 'kill -TERM $$; exit 9'
	# An orphan is PID 1's.
	# shellcheck disable=SC2016
	expect_output 1 "$@" sh -c '(sh -c "echo \$\$ >/orphan; exec sleep 1000" & ); until [ -s /orphan ]; do sleep 0.02; done
		sed -n "s/^PPid:.//p" /proc/$(cat /orphan)/status; kill $(cat /orphan)'
}
check box root --rm --
check box root --rm --as-root --
check enter first
started second
check enter second
nacre stop second

# From outside, too.
mkfifo fifo
nacre run --rm --root root "${host_programs[@]}" -- sh -c 'echo ready; exec sleep 1000' >fifo &
run=$!
read -r _ <fifo
wait_until runs_as "$(box_command $run)" sleep
kill -TERM "$(box_command $run)"
status=0
wait $run || status=$?
[ $status -eq 143 ] || fail "the run's status is $status"
