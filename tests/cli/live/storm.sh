# needs: userns overlay tool:flock
# timeout: 300
# Eight at once enter one name, and some are killed at random, keepers too: never two boxes of one name at a time, nothing left.
# Every other round the box stays until it is stopped, in the midst of it: then they let themselves in.
# ROUNDS=200 is the long form.
small_root root
mkdir shared
binds=(-b /usr:/usr:ro -b /bin:/bin:ro -b /lib:/lib:ro -b "$T/shared:/shared")
[ ! -e /lib64 ] || binds+=(-b /lib64:/lib64:ro)
dir=$HOME/.local/state/nacre/boxes/storm
# A lock for as long as it is in the box, named for that; no other box has one.
cat >shared/member <<'X'
id=$(readlink /proc/self/ns/pid)
exec 9>"/shared/lock.$id"
flock -s 9
for other in /shared/lock.*; do
	[ "$other" != "/shared/lock.$id" ] || continue
	# One at a time: else two who ask would be in each other's way.
	flock /shared/asking flock -n -x "$other" true || echo "$id $other" >>/shared/two
done
echo in >>/shared/entered
sleep "$1"
X
enter_all()
{
	for i in 1 2 3 4 5 6 7 8; do
		nacre enter storm --root "$T/root" "${binds[@]}" -- sh /shared/member "0.0$((RANDOM % 9))" >"out.$i" 2>&1 &
		members+=($!)
	done
}
for round in $(seq "${ROUNDS:-20}"); do
	members=()
	[ $((round % 2)) -eq 0 ] || nacre start -q storm --root "$T/root" "${binds[@]}"
	enter_all
	sleep "0.0$((RANDOM % 6))"
	case $((round % 3)) in
	0) kill -KILL "${members[RANDOM % 8]}" 2>/dev/null || true ;;
	2) nacre stop --grace 0.05 storm >stopped 2>&1 || true ;;
	1) kill -KILL "$(sed -n 's/^keeper \([0-9]*\) .*/\1/p' "$dir/live" 2>/dev/null || echo 2147483647)" 2>/dev/null || true ;;
	esac
	for i in 0 1 2 3 4 5 6 7; do
		status=0
		wait "${members[i]}" || status=$?
		case $status in
		0 | 137 | 143) ;; # 143: the box was stopped
		*) fail "round $round: status $status: $(cat "out.$((i + 1))")" ;;
		esac
	done
	[ $((round % 2)) -eq 0 ] || nacre stop --grace 1 storm >stopped 2>&1 ||
		grep -q '\[box-not-living\]' stopped || fail "round $round: $(cat stopped)"
	rm -f shared/lock.*
done
[ ! -e shared/two ] || fail "two boxes of one name: $(cat shared/two)"
[ "$(wc -l <shared/entered)" -ge $((${ROUNDS:-20} * 4)) ] || fail "only $(wc -l <shared/entered) got in"
expect_status 0 nacre enter storm --root "$T/root" "${binds[@]}" -- true
[ "$(cd "$dir" && echo *)" = "gate options record upper" ] || fail "something is left: $(ls "$dir")"
expect_status 0 nacre rm storm
