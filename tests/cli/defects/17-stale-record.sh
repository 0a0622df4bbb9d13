# needs: userns overlay
# Defect 17: a box was found by a process number: a stale link made others fail with "Bad file descriptor", and one whose number
# belonged to another process by then led to that.
# Whatever is left of a box that ended, whosever numbers it has: the next one makes it anew, and strangers are left alone.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/live.sh"
small_root root
sleep 1000 &
stranger=$!
stat -c %i "/proc/$stranger" >before
# In ticks since the machine began, field 22.
begun=$(sed 's/.*) //' "/proc/$stranger/stat" | cut -d ' ' -f 20)
dir=$(dir_of dev)
enter dev sh -c 'echo kept >/file'

# left_with RECORD: what lies there for a record, and something for the door.
left_with()
{
	for door in none file socket link stale-link; do
		rm -f "$dir/door"
		case $door in
		file) echo >"$dir/door" ;;
		socket)
			"$ANSWER" serve "$dir/door" &
			wait_until test -S "$dir/door"
			kill $!
			wait $! || true
			;;
		link) ln -s "$T/root/etc/file" "$dir/door" ;;
		stale-link) ln -s /proc/2147483647/ns "$dir/door" ;;
		esac
		printf '%b' "$1" >"$dir/live"
		expect_output kept enter dev cat /file
		expect_output '' ls -A "$T/tmp/none"
		[ ! -e "$dir/door" ] && [ ! -e "$dir/live" ] || fail "$1, $door: left $(ls "$dir")"
		! is_gone $stranger || fail "$1, $door: a stranger was ended"
	done
}
mkdir tmp/none
for numbers in "$stranger 1" "$stranger $((begun + 1))" "$stranger $((begun - 1))" "$stranger 0" "$stranger -1" "$stranger " \
	"$stranger x" "-1 $begun" "0 $begun" "1 1" "2147483647 1" "99999999999999999999 $begun"; do
	left_with "nacre-live 1\n$(mark_of dev)\nkeeper $numbers\ninit $numbers\nsince 1\nend\n"
done
# Right numbers, but of another box, or before the machine was started anew.
for mark in '' "$(mark_of dev | sed 's/ [0-9]* / 1 /')" "$(mark_of dev | sed 's/.$/x/')"; do
	left_with "nacre-live 1\n$mark\nkeeper $stranger $begun\ninit $stranger $begun\nsince 1\nend\n"
done
for text in '' 'nacre-live 1\n' 'nacre-live 2\nelse\n' '\0\0\0\0' "init $stranger $begun" "$(printf '%01000d' 0)"; do
	left_with "$text"
done
# A copy of a box that lives has the numbers of that one.
"$NACRE" start -q first
mkdir -m 700 "$(dir_of second)"
cp -a "$(dir_of first)"/{live,record,options} "$(dir_of second)"
expect_status 0 "$NACRE" enter second -- true
expect_status 0 "$NACRE" exec first true
"$NACRE" stop first
grep -q base root/etc/file || fail 'what a link led to was written'
[ "$(stat -c %i "/proc/$stranger")" = "$(cat before)" ] || fail 'the stranger is another process'
kill $stranger
