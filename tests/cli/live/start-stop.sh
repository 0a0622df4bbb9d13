# needs: userns overlay
# Started, a box lives without a process until it is stopped; stop asks, then kills, and returns when nothing is left.
small_root root
binds=(-b /usr:/usr:ro -b /bin:/bin:ro -b /lib:/lib:ro)
[ ! -e /lib64 ] || binds+=(-b /lib64:/lib64:ro)
at=(--root "$T/root" "${binds[@]}")
expect_status 0 nacre start db "${at[@]}"
expect_match '^nacre: the box db lives; get in with: nacre enter db$'
expect_status 0 nacre start db "${at[@]}"
expect_match '^nacre: the box db lived already'
expect_output 'in' nacre enter db "${at[@]}" -- sh -c 'echo in; echo x >/file'
expect_output 'x' nacre enter db "${at[@]}" -- cat /file
# What a command leaves in the background stays, and is asked to end.
nacre enter db "${at[@]}" -- sh -c 'trap "echo asked >/asked; exit 0" TERM; echo >/ready; while :; do sleep 0.05; done' &
member=$!
until nacre enter db "${at[@]}" -- test -e /ready; do sleep 0.02; done
expect_status 0 nacre stop db
status=0
wait "$member" || status=$?
[ "$status" -eq 0 ] || fail "the member that ended by itself has status $status"
expect_output '/asked
/file
/ready' nacre status --name-only db
expect_error box-not-living nacre stop db
expect_error box-unknown nacre stop nobox
expect_error usage-no-box nacre stop
expect_error value-seconds nacre stop --grace soon db

# Who does not listen is killed after the grace, and his nacre says so.
nacre start -q db "${at[@]}"
nacre enter db "${at[@]}" -- sh -c 'trap "" TERM; echo >/deaf; while :; do sleep 1; done' &
member=$!
until nacre enter db "${at[@]}" -- test -e /deaf; do sleep 0.02; done
expect_status 0 nacre stop --grace 0.1 db
status=0
wait "$member" || status=$?
[ "$status" -eq 137 ] || fail "the member that was killed has status $status"

# The keeper obeys SIGTERM; killed, it takes all with it, and the next one finds nothing in its way.
nacre start -q db "${at[@]}"
keeper=$(sed -n 's/^keeper \([0-9]*\) .*/\1/p' "$HOME/.local/state/nacre/boxes/db/live")
kill -TERM "$keeper"
while kill -0 "$keeper" 2>/dev/null; do sleep 0.02; done
[ ! -e "$HOME/.local/state/nacre/boxes/db/door" ] || fail "the door is left"
nacre start -q db "${at[@]}"
keeper=$(sed -n 's/^keeper \([0-9]*\) .*/\1/p' "$HOME/.local/state/nacre/boxes/db/live")
nacre enter db "${at[@]}" -- sleep 1000 &
member=$!
until nacre enter db "${at[@]}" -- pidof sleep >/dev/null; do sleep 0.02; done
kill -KILL "$keeper"
status=0
wait "$member" || status=$?
[ "$status" -eq 137 ] || fail "with the keeper killed the member has status $status"
expect_error box-not-living nacre stop db
expect_output 'x' nacre enter db "${at[@]}" -- cat /file
# A record of what is gone, or of a process that has its number now, is nobody.
sleep 1000 &
other=$!
dir=$HOME/.local/state/nacre/boxes/db
printf 'nacre-live 1\nbox %s %s\nkeeper %d 1\ninit %d 12345\nsince 1\nend\n' "$(stat -c '%d %i' "$dir")" \
	"$(cat /proc/sys/kernel/random/boot_id)" "$other" "$other" >"$dir/live"
python3 -c 'import socket, sys; socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET).bind(sys.argv[1])' "$HOME/.local/state/nacre/boxes/db/door" 2>/dev/null || true
expect_output 'x' nacre enter db "${at[@]}" -- cat /file
kill -0 "$other" || fail "a stranger was killed"
kill "$other"
# A keeper holds nothing open for its caller.
nacre start -q files 9>lock
keeper=$(sed -n 's/^keeper \([0-9]*\) .*/\1/p' "$HOME/.local/state/nacre/boxes/files/live")
for fd in "/proc/$keeper/fd"/*; do
	[ "$(readlink "$fd" || :)" != "$PWD/lock" ] || fail 'the keeper has a file of its caller'
done
nacre stop files
# Who enters while it is being stopped waits, and makes it anew.
nacre start -q late
nacre exec late sh -c 'trap "" TERM; echo ready; while :; do sleep 0.1; done' >out &
wait_until grep -q ready out
nacre stop --grace 1 late &
sleep 0.3
expect_output 'anew' nacre enter late -- echo anew
wait || true
expect_error box-not-living nacre exec late true
