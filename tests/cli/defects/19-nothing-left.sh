# needs: userns overlay
# Defect 19: a directory in /tmp, named after the program as it was called, was left by each run, and a call by a path failed.
# However nacre is called and ends, nothing is left in /tmp, TMPDIR and the runtime directory, nor in the state directory once the
# next one has run.
small_root root
mkdir -p 'odd dir/sub' own
ln -s "$NACRE" 'odd dir/sub/odd name'

# A /tmp of the case's own, which it alone writes in.
with_mounts '
mkdir own/tmp
case $T in
/tmp/*)
	mkdir -p "own$T"
	mount --bind "$T" "own$T"
	;;
esac
case $NACRE in
/tmp/*)
	mkdir -p "own$(dirname "$NACRE")"
	mount --bind "$(dirname "$NACRE")" "own$(dirname "$NACRE")"
	;;
esac
mount --rbind own/tmp /tmp
cd "$T"
# What leads to the case and to nacre apart.
look()
{
	find /tmp -mindepth 1 \( -path "$T" -o -path "${NACRE%/*}" \) -prune -o -print | while read -r path; do
		case $T/:$NACRE in
		"$path"/* | *:"$path"/*) ;;
		*) echo "$path" ;;
		esac
	done
}
. "$SOURCE/tests/lib/live.sh"
state=$XDG_STATE_HOME/nacre

clean()
{
	left=$(look; find tmp run -mindepth 1 ! -name "std*"; find "$state/live" -mindepth 1 2>/dev/null || :)
	[ -z "$left" ] || fail "$1: left $left"
}
ways=("$NACRE" "./odd dir/sub/odd name" "odd dir/../odd dir/sub/odd name" "$T/odd dir/sub/odd name")
for nacre in "${ways[@]}"; do
	expect_output in "$nacre" run -q --root root "${host_programs[@]}" -- echo in
	clean "$nacre run"
	expect_output in "$nacre" run --rm -- echo in
	expect_output in "$nacre" run --rw -- echo in
	expect_status 127 "$nacre" run --root root -- no-such-command
	expect_status 125 "$nacre" run --root root -m nosuchtype,none,/m -- true
	clean "$nacre run, over the host"
	expect_output in "$nacre" enter dev --root root "${host_programs[@]}" -- echo in
	clean "$nacre enter"
done

# Killed, in each of its processes; then the next one.
for victim in nacre init command; do
	for options in "--root root" "-q" "--rm" "-n named" "-o $T/root/etc,tmp"; do
		rm -f fifo
		mkfifo fifo
		"$NACRE" run $options "${host_programs[@]}" -- sh -c "echo ready; exec sleep 1000" >fifo 2>said &
		pid=$!
		read -r _ <fifo || fail "$victim, $options: $(cat said)"
		wait_until runs_as "$(box_command $pid)" sleep
		case $victim in
		nacre) kill -KILL $pid ;;
		init) kill -KILL "$(box_init $pid)" ;;
		command) kill -KILL "$(box_command $pid)" ;;
		esac
		wait $pid || :
		wait_until sh -c "! \"$NACRE\" ls | grep -q running"
		"$NACRE" run -q --root root "${host_programs[@]}" -- true
		clean "$victim killed, $options"
	done
done
"$NACRE" start -q kept --root root "${host_programs[@]}"
kill -KILL "$(keeper_of kept)"
expect_output in "$NACRE" enter kept --root root "${host_programs[@]}" -- echo in
clean "a keeper killed"
for name in door live work; do
	[ ! -e "$(dir_of kept)/$name" ] || fail "$name is left of the killed keeper"
done'
