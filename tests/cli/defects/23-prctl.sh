# needs: userns overlay tool:strace
# timeout: 240
# Defect 23: what prctl(2) answered was not looked at, so that a command ran without no_new_privs or with its capabilities. Each of a
# start is refused in its turn: the command does not run, and the error is nacre's. One only opens nacre again after the run.
ulimit -c 0
# refused N COMMAND…: with the Nth prctl refused. Status 1: there are not so many.
refused()
{
	local n=$1

	shift
	rm -f ran trace
	status=0
	strace -f -qq -o trace -e trace=prctl -e "inject=prctl:error=EPERM:when=$n+1000" "$@" >out 2>err || status=$?
	grep -q 'INJECTED' trace
}

# every VERB OPTION…: each prctl of such a start.
every()
{
	local n

	for ((n = 1; ; n++)); do
		refused $n nacre "$@" -- touch "$T/ran" || break
		if grep -q 'PR_SET_DUMPABLE, SUID_DUMP_USER.*INJECTED' trace && [ -e ran ]; then
			[ $status -eq 0 ] || fail "$*: $n: status $status: $(cat err)"
			continue
		fi
		[ $status -eq 125 ] && [ ! -e ran ] && [ -s err ] || fail "$*: $n: status $status: $(cat err; grep INJECTED trace)"
	done
	[ $n -gt 3 ] || fail "$*: only $((n - 1)) prctl"
	[ -e ran ] || fail "$*: it does not run at all"
}
every run --rw
every run --rm -b "$T"
every run --rm -b "$T" --share pid
every run --rw --share pid,ipc,uts,cgroup
every run --rm -b "$T" --as-root
every run --rm -b "$T" --cap-add net_raw
every run --rm -b "$T" --cap-add sys_admin
every run --rm -b "$T" --new-session --linger 1 --grace 1
for more in "" "--cap-add sys_admin"; do
	# shellcheck disable=SC2086 # words
	nacre start $more -b "$T" held
	every exec held
	nacre stop --grace 0 held
	nacre rm held
done
