# needs: userns overlay tool:jq
# Boxes that live, in a list: who is in them, and since when. To look neither waits for a keeper nor makes a box stay.
small_root root
at=(--root "$T/root" "${host_programs[@]}")
boxes=$XDG_STATE_HOME/nacre/boxes
row()
{
	nacre ls | awk -v name="$1" '$1 == name { print $2, $3, $4 }'
}
is() { [ "$(row "$1")" = "$2" ]; }
keeper() { nacre ls --json | jq -r --arg name "$1" '.boxes[] | select(.name == $name).life.keeper'; }

nacre run -q -n idle "${at[@]}" -- touch /new
expect_status 0 nacre ls
expect_no_match 'PROCESSES|MEMBERS'
nacre start -q db "${at[@]}"
expect_status 0 nacre ls
expect_match '^NAME +STATE +PROCESSES +MEMBERS +CHANGES +SIZE +HELD +AGE +COMMAND$'
expect_match '^db +living +0 +0 +0 .* (now|[0-9]+ seconds?)'
expect_match '^idle +kept +- +- +1 '

nacre enter db "${at[@]}" -- sleep 1000 &
one=$!
wait_until is db 'living 1 1'
nacre enter db "${at[@]}" -- sh -c 'sleep 1000 & sleep 1000; wait' &
three=$!
wait_until is db 'living 4 2'
kill -KILL "$one" "$three"
wait "$one" "$three" || true
# What the second one's shell had begun is an orphan now.
wait_until is db 'living 2 0'
nacre enter db "${at[@]}" -- sh -c 'kill -KILL -1' || true
wait_until is db 'living 0 0'
nacre enter db "${at[@]}" -- sh -c 'sleep 1000 </dev/null >/dev/null 2>&1 &'
wait_until is db 'living 1 0'

nacre ls --json >ls.json
jq -e '.boxes[] | select(.name == "db") | .state == "living" and .living and (.life | .members == 0 and .process_count == 1
	and .process_count_exact and (now - .since | . >= -1 and . < 60) and (has("processes") | not))' ls.json
jq -e '.boxes[] | select(.name == "idle") | (.living | not) and .life == null' ls.json
runs_as "$(jq '.boxes[] | select(.name == "db").life.init' ls.json)" nacre
nacre stop --grace 0 db
expect_status 0 nacre ls
expect_match '^db +kept +[0-9]'

# Who leaves last while others look: the box is gone when he returns.
(while [ ! -e enough ]; do nacre ls >/dev/null; done) &
looker=$!
for _ in {1..30}; do
	nacre enter db "${at[@]}" -- true
	[ ! -e "$boxes/db/door" ] || fail "a look has kept the box"
done
touch enough
wait "$looker"

# A keeper that does not answer: a second for all of them, and no guess.
for i in {1..30}; do nacre start -q "b$i" "${at[@]}"; done
[ "$(nacre ls | grep -c '^b[0-9]* *living *0 *0 ')" -eq 30 ]
mapfile -t keepers < <(nacre ls --json | jq '.boxes[].life.keeper // empty')
[ "${#keepers[@]}" -eq 30 ]
kill -STOP "${keepers[@]:1}"
SECONDS=0
[ "$(nacre ls | grep -c '^b[0-9]* *living *? *? ')" -eq 29 ]
expect_status 0 nacre ls
expect_match '^b[0-9]+ +living +0 +0 '
[ "$SECONDS" -le 5 ] || fail "ls waited for $SECONDS seconds"
nacre ls --json | jq -e '[.boxes[] | select(.living and .life.members == null and .life.since == null
	and .life.process_count == null and (.life.process_count_exact | not) and .life.keeper > 1)] | length == 29'
kill -CONT "${keepers[@]}"
for i in {1..30}; do nacre stop --grace 0 "b$i" & done
wait
! nacre ls | grep -q living

# A keeper that was killed: no record makes its box live, whoever has its number now.
nacre start -q db "${at[@]}"
kill -KILL "$(keeper db)"
wait_until sh -c 'nacre ls | grep -q "^db *killed"'
[ -e "$boxes/db/live" ] && [ -e "$boxes/db/door" ]
for start in 1 "$(awk '{ print $22 }' "/proc/$$/stat")"; do
	printf 'nacre-live 1\nkeeper %d %s\ninit %d %s\nsince 1\nend\n' $$ "$start" $$ "$start" >"$boxes/db/live"
	expect_status 0 nacre ls
	expect_match '^db +killed +[0-9]'
	nacre ls --json | jq -e '.boxes[] | select(.name == "db") | .life == null and (.living | not)'
done
# Nor does it when somebody has the lock.
(flock 9; touch held; until [ -e go ]; do sleep 0.02; done) 9<"$boxes/db" &
wait_until test -e held
expect_status 0 nacre ls
expect_match '^db +running +[0-9]'
touch go
wait
nacre rm --all
