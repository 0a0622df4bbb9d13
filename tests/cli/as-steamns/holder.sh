# needs: userns
# timeout: 150
# -D -c holds namespaces without a command, in the foreground: until the last who joined has left, at once, or a minute when nobody does.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
steam_root root
# held: one is, by $holder.
held()
{
	steamns -p root -D -c "$1" sh -c 'echo not run' >said 2>&1 &
	holder=$!
	wait_until test -L "$1"
}
held alone
alone=$holder
begin=$SECONDS

held ns
expect_output 'one two' steam -j ns sh -c 'echo one two'
wait $holder
passes_link()
{
	[ ! -L "$1" ] || fail "$1 is left"
}
passes_link ns
[ ! -s said ] || fail "it said: $(cat said)"
# Two at a time; the second one keeps it.
held ns
steamns -j ns sh -c 'until [ -e /tmp/b ]; do sleep 0.02; done; touch /tmp/gone' &
first=$!
steamns -j ns sh -c 'touch /tmp/b; until [ -e /tmp/gone ]; do sleep 0.02; done; sleep 0.3' &
second=$!
wait $first
[ -L ns ] || fail 'it went with the first one'
wait $second
wait $holder
passes_link ns
# SIGTERM, and what a terminal sends, end it with all in it; SIGHUP not when it is ignored.
for signal in TERM HUP; do
	held ns
	steamns -j ns sleep 1000 &
	member=$!
	wait_until pgrep -P $member -x sleep
	begun=$SECONDS
	kill -$signal $holder
	status=0
	wait $holder || status=$?
	[ $status -eq $((128 + $(kill -l $signal))) ] || fail "SIG$signal: its status is $status"
	status=0
	wait $member || status=$?
	[ $status -eq 143 ] || [ $status -eq 137 ] || fail "SIG$signal: the member's status is $status"
	[ $((SECONDS - begun)) -lt 8 ] || fail "SIG$signal took $((SECONDS - begun)) seconds"
	passes_link ns
done
nohup steamns -p root -D -c ns >said 2>&1 &
holder=$!
wait_until test -L ns
kill -HUP $holder
expect_output still steam -j ns echo still
wait $holder
# Killed, with nobody in it.
held ns
kill -KILL $holder
wait $holder || true
wait_until test ! -L ns

# The one that nobody joined.
[ $((SECONDS - begin)) -lt 55 ] || fail 'too late to see'
[ -L alone ] || fail 'it ended too early'
wait $alone
[ $((SECONDS - begin)) -ge 59 ] || fail "it ended behind $((SECONDS - begin)) seconds"
passes alone
