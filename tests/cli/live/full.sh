# needs: userns overlay
# A keeper that has no descriptor left: who knocks waits until somebody leaves, and nothing spins.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/live.sh"
small_root root
# Not one that stays: there they let themselves in.
(ulimit -n 40 && exec "$NACRE" enter dev --root "$T/root" "${host_programs[@]}" -- sleep 1000) &
founder=$!
wait_until "$NACRE" exec dev true
keeper=$(keeper_of dev)
ticks()
{
	sed 's/.*) //' "/proc/$keeper/stat" | cut -d ' ' -f 12,13 | tr ' ' '+'
}

mkdir in
for i in {1..45}; do
	"$NACRE" exec dev sh -c "echo in; exec sleep 1000" >"in/$i" &
	members[i]=$!
done
count_in()
{
	find in -size +0 | wc -l
}
wait_until sh -c '[ "$(find in -size +0 | wc -l)" -ge 5 ]'
sleep 0.5
[ "$(count_in)" -lt 45 ] || fail 'the limit was not met'
before=$(($(ticks)))
sleep 1
used=$(($(ticks) - before))
[ "$used" -lt 20 ] || fail "the keeper used $used ticks in a second in which nothing happened"
# Whoever leaves makes room for the next, in whatever order they knocked.
gone=0
until [ "$gone" -eq 45 ]; do
	wait_until sh -c '[ "$(find in -size +0 | wc -l)" -gt '"$gone"' ]'
	for i in {1..45}; do
		[ -s "in/$i" ] && [ -n "${members[i]}" ] || continue
		kill "${members[i]}"
		members[i]=
		gone=$((gone + 1))
	done
done
kill "$founder"
wait || true
