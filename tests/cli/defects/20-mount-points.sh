# needs: userns overlay
# Defect 20: mount points that were missing were made outside, and stayed there.
# None is left, in a root directory or on the host, whatever becomes of writes, also when nacre is killed while they are in use.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/live.sh"
small_root root
mkdir -p host/below
touch file
echo of-the-root >root/etc/passwd
describe()
{
	find root host -printf '%p %y %m %s %l\n' | sort
}
describe >before
unchanged()
{
	describe | diff -u before - || fail "$1: something was left"
}
points=(-b "$T/file:/new/file" -b "$T/host:/new/dir" --tmpfs /deep/er/tmpfs --file /etc/new=text --dir /made -m 'tmpfs,none,/m,mkdir=maybe'
	--proc /p --dev /d --passwd)
over=(--tmpfs "$T/host/new" -b "$T/file:$T/host/file" --tmpfs "$T/host/below/deep/er")

for writes in keep drop deny host; do
	expect_status 0 box root -q --writes $writes "${points[@]}" -- sh -c '[ -e /new/file ] && [ -d /made ] && [ -d /m ] && : >/deep/er/tmpfs/x'
	unchanged "--writes $writes"
	# The host itself is not written for a mount point: where writes are real, one that is missing is an error.
	keep nacre run -q --writes $writes "${over[@]}" -- true
	case $status in
	0 | 125) ;;
	*) fail_with_output "the host, --writes $writes: status $status" ;;
	esac
	unchanged "the host, --writes $writes"
done
[ -z "$(ls "$XDG_STATE_HOME/nacre/boxes" 2>/dev/null)" ] || fail "a box was kept: $(ls "$XDG_STATE_HOME/nacre/boxes")"

for writes in keep drop deny host; do
	for victim in nacre init; do
		rm -f fifo
		mkfifo fifo
		nacre run -q --writes $writes --root root "${host_programs[@]}" "${points[@]}" -- sh -c 'echo ready; exec sleep 1000' >fifo &
		pid=$!
		read -r _ <fifo
		case $victim in
		nacre) kill -KILL $pid ;;
		init) kill -KILL "$(box_init $pid)" ;;
		esac
		wait $pid || true
		unchanged "--writes $writes, $victim killed"
	done
done
nacre start -q dev --root root "${host_programs[@]}" "${points[@]}"
unchanged 'start'
keeper=$(keeper_of dev)
kill -KILL "$keeper"
wait_until is_gone "$keeper"
unchanged 'the keeper killed'
expect_status 0 nacre enter dev -- true
expect_output '' nacre status --name-only dev
