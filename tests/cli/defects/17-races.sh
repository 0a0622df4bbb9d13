# needs: userns overlay
# Defect 17: two who joined a box that was not there both made it, or each removed the other's link; one that ended while it was
# joined failed.
# Eight at once are all in one box; who knocks when the last one leaves gets in. live/storm adds kills to this.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/live.sh"
small_root root
for round in 1 2 3 4 5; do
	pids=()
	for n in 1 2 3 4 5 6 7 8; do
		# Each stays until all are there: so all are in it at the same time.
		enter dev sh -c "readlink /proc/self/ns/pid; echo >/$round-$n; until [ \$(ls -d /$round-* | wc -l) -eq 8 ]; do sleep 0.02; done" \
			>"space.$n" 2>"said.$n" &
		pids+=($!)
	done
	for n in 1 2 3 4 5 6 7 8; do
		wait "${pids[n - 1]}" || fail "status $?: $(cat "said.$n")"
	done
	[ "$(sort -u space.* | wc -l)" -eq 1 ] || fail "two boxes of one name: $(sort space.* | uniq -c)"
done
# Two that come and go without a pause: each joins, or makes, what the other one leaves.
for n in 1 2; do
	for round in $(seq 30); do
		enter dev true || exit
	done &
	pids[n]=$!
done
for n in 1 2; do
	wait "${pids[n]}" || fail "status $?: one that came when the other one left"
done
[ ! -e "$(dir_of dev)/door" ] && [ ! -e "$(dir_of dev)/live" ] || fail "something is left: $(ls "$(dir_of dev)")"
