# needs: userns overlay
# timeout: 300
# SIGKILL of nacre, of init or of the command at any moment leaves what the box wrote and nothing
# else: no process, no mount, no directory that the next run does not clean. KILLS says how often.
small_root root && mkdir layer base upper
echo base >base/file && echo layer >layer/file
describe_trees() { find root layer base -printf '%p %y %m %s %T@\n' | sort; }
before=$(describe_trees)
mounts=$(wc -l </proc/self/mountinfo)
state=$XDG_STATE_HOME/nacre

# The mark is in the command line of nacre and its init, and in the environment of the command.
start()
{
	local mark="KILL_MARK=$T"

	case $1 in
	host) exec nacre run -q -e "$mark" -- sh -c 'echo new >file; sleep 0.05' ;;
	root) exec nacre run -q -e "$mark" --root root -l layer "${host_programs[@]}" -- \
		sh -c 'echo new >/new; sleep 0.05' ;;
	upper) exec nacre run -q -e "$mark" -o "$T/base,lower=$T/base,upper=$T/upper" -- \
		sh -c 'echo new >base/file; sleep 0.05' ;;
	esac
}

# The pid to kill, when there is one yet.
target()
{
	case $1 in
	nacre) echo "$2" ;;
	init) box_init "$2" ;;
	command) box_command "$2" ;;
	esac 2>/dev/null || true
}

all_gone()
{
	grep -lsazE "KILL_MAR[K]=$T" /proc/[0-9]*/cmdline /proc/[0-9]*/environ >tmp/left || true
	[ ! -s tmp/left ]
}

one_kill()
{
	local pid target begin status=0

	start "$1" >tmp/said 2>&1 &
	pid=$!
	# Most of the moments lie in the set-up.
	sleep "$(printf '0.%06d' $((RANDOM % 2 ? RANDOM % 12000 : RANDOM * 2)))"
	target=$(target "$2" $pid)
	[ -z "$target" ] || kill -KILL "$target" 2>/dev/null || true
	wait $pid 2>/dev/null || status=$?
	begin=$SECONDS
	while ! all_gone; do
		[ $((SECONDS - begin)) -le 2 ] || fail "$1, $2 killed: left $(cat tmp/left)"
		sleep 0.02
	done
	case $status in
	0 | 125 | 137) ;;
	*) fail "$1, $2 killed: status $status: $(cat tmp/said)" ;;
	esac
}

kinds=(host root upper) victims=(nacre init command)
for ((n = 0; n < KILLS; n++)); do
	one_kill "${kinds[n % 3]}" "${victims[n / 3 % 3]}"
done

# One that keeps its writes, as only such a one opens the state directory.
expect_status 0 nacre run -o "$T/base,lower=$T/base,upper=$T/upper" -- true
[ -z "$(ls "$state/live")" ] || fail "not cleaned: $(ls "$state/live")"
for box in "$state"/boxes/*; do
	[ ! -e "$box/work" ] || fail "a work directory is left in $box"
	[ -n "$(find "$box/upper" -mindepth 2 ! -type d)" ] || fail "$box holds no change"
done
[ -z "$(find . -maxdepth 1 -name '.nacre*')" ] || fail "beside the upper: $(ls -A)"
[ "$(describe_trees)" = "$before" ] || fail "changed: $(describe_trees)"
[ "$(wc -l </proc/self/mountinfo)" = "$mounts" ] || fail "a mount is left"
[ ! -e file ] || fail "the host was written"
