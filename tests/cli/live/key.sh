# needs: userns overlay tool:strace
# Members of a box that stays let themselves in: its keeper is not asked. What is not his key leads to the door.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/live.sh"
small_root root
started dev
keeper=$(keeper_of dev)
space=$("$NACRE" exec dev readlink /proc/self/ns/pid)
key=$(dir_of dev)/key
[ "$(stat -c %a "$key")" = 600 ] || fail "others may read the key"

kill -STOP "$keeper"
expect_output "$space" timeout 20 "$NACRE" exec dev readlink /proc/self/ns/pid
kill -CONT "$keeper"
expect_status 0 strace -o calls "$NACRE" exec dev true
! grep -q '^connect(' calls || fail "who has a key knocks at the door"

# They are counted, and found when the box is stopped: asked to end, and given the grace.
for i in 1 2 3; do
	"$NACRE" exec dev sh -c "trap 'echo $i >>/asked; exit 7' TERM; echo >/up$i; while :; do sleep 0.05; done" &
	members[i]=$!
	wait_until "$NACRE" exec dev test -e "/up$i"
done
wait_until sh -c '[ "$("$0" ls | awk "/^dev/ { print \$4 }")" = 3 ]' "$NACRE"
expect_status 0 "$NACRE" stop --grace 20 dev
for i in 1 2 3; do
	status=0
	wait "${members[i]}" || status=$?
	[ "$status" -eq 7 ] || fail "member $i has status $status"
done
[ ! -e "$key" ] || fail "the key is left"

# forge BYTES OFFSET: other bytes in the key.
forge()
{
	printf '%b' "$1" | dd of="$key" bs=1 seek="$2" conv=notrunc status=none
}
by_the_door()
{
	expect_status 0 strace -o calls "$NACRE" exec dev readlink /proc/self/ns/pid
	[ "$(cat tmp/stdout)" = "$space" ] || fail "$1: it is in another box"
	grep -q '^connect(' calls || fail "$1: nobody knocked at the door"
}

# Another secret; a pid that is somebody else's now; one that is nobody's; a key that is cut, or of another version.
started dev
space=$("$NACRE" exec dev readlink /proc/self/ns/pid)
forge xxxxxxxxxxxxxxxx 16
by_the_door "another secret"
"$NACRE" stop dev
for number in $$ 4194303; do
	started dev
	space=$("$NACRE" exec dev readlink /proc/self/ns/pid)
	forge "/proc/$number/fd\0" 32
	by_the_door "pid $number"
	"$NACRE" stop dev
done
started dev
space=$("$NACRE" exec dev readlink /proc/self/ns/pid)
forge 2 10
by_the_door "another version"
truncate -s 100 "$key"
by_the_door "a key that is cut"
ln -sf /etc/passwd "$key"
by_the_door "a link"
rm "$key"
by_the_door "no key"
mkdir "$key"
by_the_door "a directory"
rmdir "$key"

# The key of a keeper who was killed opens nothing.
"$NACRE" stop dev
started dev
kill -KILL "$(keeper_of dev)"
expect_error box-not-living "$NACRE" exec dev true
[ -e "$key" ] || fail "a killed keeper has taken his key away"
started dev
expect_status 0 "$NACRE" exec dev true
"$NACRE" stop dev
