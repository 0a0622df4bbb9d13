# needs: userns overlay tool:strace
# timeout: 240
# Defect 23: what prctl(2) answered was not looked at, so that a command ran without no_new_privs or with its capabilities. Each of a
# start is refused in its turn: the command does not run, and the error is nacre's. One only opens nacre again after the run.
small_root root
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

# every OPTION…: each prctl of such a run.
every()
{
	local n

	for ((n = 1; ; n++)); do
		refused $n nacre run "$@" -b "$T" -- touch "$T/ran" || break
		if grep -q 'PR_SET_DUMPABLE, SUID_DUMP_USER.*INJECTED' trace && [ -e ran ]; then
			[ $status -eq 0 ] || fail "$*: $n: status $status: $(cat err)"
			continue
		fi
		[ $status -eq 125 ] && [ ! -e ran ] && [ -s err ] || fail "$*: $n: status $status: $(cat err; grep INJECTED trace)"
	done
	[ $n -gt 3 ] || fail "$*: only $((n - 1)) prctl"
	[ -e ran ] || fail "$*: it does not run at all"
}
every --rm
every --rm --share pid
every --rw --share pid,ipc,uts,cgroup
every --rm --as-root
every --rm --cap-add net_raw
every --rm --cap-add sys_admin
every --rm --new-session --linger 1 --grace 1
