# needs: userns overlay
# A box that lives: made by the first words, joined by the same, ended by its last process; what was written stays.
small_root root
enter()
{
	local name=$1

	shift
	nacre enter "$name" --root "$T/root" "${binds[@]}" -- "$@"
}
binds=(-b /usr:/usr:ro -b /bin:/bin:ro -b /lib:/lib:ro)
[ ! -e /lib64 ] || binds+=(-b /lib64:/lib64:ro)
dir=$HOME/.local/state/nacre/boxes/dev

expect_output 'hello' enter dev sh -c 'echo hello; echo kept >/file'
# It is gone when the last one returns: nothing has to be waited for.
expect_output '/file' nacre status --name-only dev
[ ! -e "$dir/door" ] && [ ! -e "$dir/live" ] && [ ! -e "$dir/work" ] || fail "something of the life is left: $(ls "$dir")"
expect_output 'kept' enter dev cat /file
expect_status 7 enter dev sh -c 'exit 7'
expect_status 143 enter dev sh -c 'kill -TERM $$'
expect_status 127 enter dev no-such-command
expect_match '^nacre: cannot run no-such-command'
expect_status 126 enter dev /file
expect_error usage-no-box nacre enter
expect_error spec-value nacre enter a/b
expect_error live-needs-pid nacre enter none --share pid -- true

# Shown like a run.
expect_output 'hostname inside' nacre enter --hostname inside none --as-profile
expect_output 'hostname inside' nacre start none --hostname inside --as-profile
[ ! -e "${dir%/*}/none" ] || fail "what was only to be shown, or refused, was made"

# Two at once see the same processes and files; PID 1 is nobody's command.
nacre enter two --root "$T/root" "${binds[@]}" -- sh -c "echo one >/one; exec sleep 1000" &
first=$!
until enter two test -e /one; do sleep 0.02; done
expect_output 'one' enter two cat /one
enter two sh -c 'for p in /proc/[0-9]*; do tr "\0" " " <$p/cmdline; echo; done' >seen
grep -q '^sleep 1000 $' seen || fail "the other's process is not seen: $(cat seen)"
expect_status 125 nacre commit two
# The privileges are those of a run.
nacre run --rm --root "$T/root" "${binds[@]}" -- sh -c 'grep -E "^(Cap|NoNewPrivs|Seccomp:|Uid|Gid|Groups)" /proc/self/status' >run.status
enter two sh -c 'grep -E "^(Cap|NoNewPrivs|Seccomp:|Uid|Gid|Groups)" /proc/self/status' >member.status
diff -u run.status member.status
enter two sh -c 'readlink /proc/self/ns/user /proc/self/ns/mnt /proc/self/ns/pid /proc/self/ns/ipc /proc/self/ns/uts /proc/self/ns/cgroup' >ns.1
enter two sh -c 'readlink /proc/$(pidof sleep)/ns/user /proc/$(pidof sleep)/ns/mnt /proc/$(pidof sleep)/ns/pid /proc/$(pidof sleep)/ns/ipc /proc/$(pidof sleep)/ns/uts /proc/$(pidof sleep)/ns/cgroup' >ns.2
diff -u ns.1 ns.2
# Nobody can look into init or open its program.
expect_status 1 enter two sh -c 'cat /proc/1/environ 2>/dev/null >/dev/null || readlink /proc/1/exe'
# The member's nacre killed: its command with it, and then the box, as nobody else is in it.
kill -KILL "$first"
wait "$first" || true
until [ ! -e "$HOME/.local/state/nacre/boxes/two/door" ]; do sleep 0.02; done
expect_status 0 enter two true
