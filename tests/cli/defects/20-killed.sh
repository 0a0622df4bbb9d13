# needs: userns overlay
# Defect 20: nothing ended the command when the program that had started it was killed.
# SIGKILL of nacre ends what it has begun, daemons and those that ignore signals too, for each kind of run, and of a keeper all that
# is in its box. With a member's nacre its command goes, and what that had in the background stays, as when it ends by itself.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/live.sh"
small_root root
cat >root/work <<'X'
trap '' HUP INT TERM
setsid sh -c 'trap "" HUP INT TERM; sleep 1000 & sleep 1000' &
sleep 1000 &
echo ready
wait
X
# How many processes have this mark in their environment.
marked()
{
	grep -lsazE "^KILL_MAR[K]=$1\$" /proc/[0-9]*/environ | wc -l
}
none_marked()
{
	[ "$(marked "$1")" -eq 0 ]
}
# Two shells and three that sleep; only root sees more.
all_marked()
{
	[ "$(marked "$1")" -ge 5 ]
}

# killed NAME COMMAND…: started, seen at work, killed; then nothing of it is left.
killed()
{
	local mark=$1 pid

	shift
	rm -f fifo
	mkfifo fifo
	KILL_MARK=$mark "$@" sh /work >fifo &
	pid=$!
	read -r _ <fifo
	wait_until all_marked "$mark"
	kill -KILL $pid
	wait $pid || true
	wait_until none_marked "$mark"
}
at=(--root "$T/root" "${host_programs[@]}")
killed run nacre run -q "${at[@]}" --
killed rm nacre run --rm "${at[@]}" --
killed rw nacre run --rw "${at[@]}" --
killed root nacre run --rm --as-root "${at[@]}" --
killed shared nacre run --rm --share pid "${at[@]}" --

"$NACRE" start -q dev "${at[@]}"
KILL_MARK=member "$NACRE" enter dev "${at[@]}" -- sh /work >fifo 2>said &
member=$!
read -r _ <fifo
wait_until all_marked member
before=$(marked member)
command=$(box_init $member)
kill -KILL $member
wait $member || true
wait_until is_gone "$command"
# nacre and its command
[ "$(marked member)" -ge $((before - 2)) ] || fail "with the member more has gone: $before, now $(marked member)"
kill -KILL "$(keeper_of dev)"
wait_until none_marked member
# The next run cleans up behind the killed ones.
expect_status 0 box root -q -- true
