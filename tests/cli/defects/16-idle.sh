# needs: userns overlay
# Defect 16: PID 1 spun at 100 % of a CPU as soon as it had a child that lived and none that was dead.
# Init, and nacre outside, use no time and do not wake up while nothing happens in the box: in a run and in a box that lives.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/live.sh"
small_root root

# Ticks of CPU time, and how often the process was switched to and from.
used()
{
	{
		sed 's/.*) //' "/proc/$1/stat" | cut -d ' ' -f 12,13
		grep ctxt "/proc/$1/status"
	} | tr '\n\t' '  '
}

# A late echo of the beginning may fall into one span on a busy machine, but not into each.
is_idle()
{
	local before

	for _ in 1 2 3; do
		before=$(used "$1")
		sleep 2
		if [ "$(used "$1")" = "$before" ]; then
			return
		fi
	done
	fail "$2, with nothing to do for two seconds, used $before, then $(used "$1")"
}

# One child was reaped, others live: the command, and an orphan of its own.
mkfifo fifo
nacre run --rm --root root "${host_programs[@]}" -- sh -c 'true & (sleep 1000 &); echo ready; exec sleep 1000' >fifo &
run=$!
read -r _ <fifo
is_idle "$(box_init $run)" "the run's init" &
checks=($!)
is_idle $run "the run's nacre" &
checks+=($!)

# Empty, then with an orphan that a member has left.
started empty
started used
enter used sh -c 'true & (sleep 1000 &)'
for name in empty used; do
	is_idle "$(init_of $name)" "the $name box's init" &
	checks+=($!)
	is_idle "$(keeper_of $name)" "the $name box's keeper" &
	checks+=($!)
done
for check in "${checks[@]}"; do
	wait "$check" || exit 1
done
nacre stop empty
nacre stop used
kill -TERM $run
wait $run || true
