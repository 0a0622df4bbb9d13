# needs: userns
# Defect 17, steamns: two who made namespaces at once both did, or removed each other's link; a stale link made -j fail with "Bad file
# descriptor", and was not cleaned for -c; a reused process number, or a zombie's, made it look alive.
# Two at once make one; what is stale goes, whoever meets it; nothing is found by a number.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
steam_root root
for _ in 1 2 3; do
	pids=()
	for n in 1 2 3 4 5 6; do
		steamns -p root -D -j ns sh -c "readlink /proc/self/ns/pid; : >/tmp/$n; until [ \$(ls /tmp | wc -l) -ge 6 ]; do sleep 0.02; done" >"space.$n" &
		pids+=($!)
	done
	for pid in "${pids[@]}"; do
		wait "$pid" || fail "status $?"
	done
	[ "$(sort -u space.* | wc -l)" -eq 1 ] || fail "two of one name: $(sort space.* | uniq -c)"
	passes ns
done
# Of those who must make them, one does.
pids=() made=0
for n in 1 2 3 4 5 6; do
	steamns -p root -c ns sh -c 'until [ -e /tmp/end ]; do sleep 0.02; done' 2>"said.$n" &
	pids+=($!)
done
wait_until test -L ns
wait_until sh -c '[ $(grep -l namespaces-there said.* | wc -l) -eq 5 ]'
expect_status 0 steam -j ns touch /tmp/end
for pid in "${pids[@]}"; do
	status=0
	wait "$pid" || status=$?
	case $status in
	0) made=$((made + 1)) ;;
	239) ;;
	*) fail "status $status" ;;
	esac
done
[ $made -eq 1 ] || fail "$made were made"
passes ns

# Stale: of a process that is gone, of one that nobody has reaped, of nothing.
sh -c 'sleep 0.1 & echo $! >zombie; exec sleep 1000' &
parent=$!
wait_until test -s zombie
wait_until grep -q '^State:.Z' "/proc/$(cat zombie)/status"
for target in /proc/2147483647/ns "/proc/$(cat zombie)/ns" "$T/nowhere"; do
	ln -s "$target" ns
	expect_error 254 namespaces-absent steam -j ns true
	passes ns
	ln -s "$target" ns
	expect_output in steam -D -j ns echo in
	passes ns
	ln -s "$target" ns
	expect_output in steam -c ns echo in
	passes ns
done
kill $parent
wait $parent || true

# A keeper that was killed: the link is there, and leads to its number, which somebody else may have by now.
for way in "-c ns" "-D -j ns" "-j ns"; do
	steamns -p root -D -c ns &
	holder=$!
	wait_until test -L ns
	kill -KILL "$(sed -n 's/^keeper \([0-9]*\) .*/\1/p' "$XDG_STATE_HOME"/nacre/boxes/*/live)"
	wait $holder || true
	[ -L ns ] || fail 'there is no link to be stale'
	for name in user mnt pid; do
		ln -sf "/proc/$$/ns/$name" "ns/$name"
	done
	case $way in
	-j*)
		expect_error 254 namespaces-absent steam -j ns true
		passes ns
		;;
	*)
		# shellcheck disable=SC2086 # words
		[ "$(steam $way readlink /proc/self/ns/pid)" != "$(readlink /proc/self/ns/pid)" ]
		passes ns
		;;
	esac
done
