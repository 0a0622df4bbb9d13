# needs: userns overlay
# Defect 17: a holder that was killed left a link that looked alive, also when its process was a zombie.
# The next one makes the box anew, and of the old one nothing lives on beside it, even what could not notice the death.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/live.sh"
small_root root

for frozen in '' yes; do
	started dev
	old=$(space_of dev) keeper=$(keeper_of dev) init=$(init_of dev)
	enter dev sh -c 'trap "" TERM INT HUP; setsid sleep 1000 & echo '"'in$frozen'"' >/in; exec sleep 1000' &
	member=$!
	wait_until enter dev grep -qx "in$frozen" /in
	[ -z "$frozen" ] || kill -STOP "$init"
	kill -KILL "$keeper"
	# Until it has run once more it is as it was, and who has a key gets in like one who came before.
	wait_until is_gone "$keeper"
	new=$(space_of dev)
	[ "$new" != "$old" ] || fail "the old box was entered"
	is_gone "$init" || fail "the old init lives beside the new box"
	status=0
	wait $member || status=$?
	[ $status -eq 137 ] || fail "the member's status is $status"
	expect_output "in$frozen" enter dev cat /in
	expect_status 1 enter dev pidof sleep
done
