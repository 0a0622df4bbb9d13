# needs: userns overlay tool:strace
# timeout: 240
# Defect 23: what prctl(2) answered was not looked at, so that a command ran without no_new_privs or with its capabilities. Each kind of
# those that a start makes is refused in its turn: the command does not run, and the error is nacre's.
declare -A number=(
	[PR_SET_PDEATHSIG]=1 [PR_GET_DUMPABLE]=3 [PR_SET_DUMPABLE]=4 [PR_SET_SECCOMP]=22 [PR_CAPBSET_DROP]=24
	[PR_SET_CHILD_SUBREAPER]=36 [PR_SET_NO_NEW_PRIVS]=38 [PR_CAP_AMBIENT]=47
)
all=''

# every VERB OPTION…: each prctl of such a start.
every()
{
	local kind kinds

	rm -f ran
	strace -f -qq -o trace -e trace=prctl nacre "$@" -- touch "$T/ran"
	[ -e ran ] || fail "$*: it does not run at all"
	kinds=$(grep -oE 'prctl\(PR_[A-Z_]+' trace | cut -c7- | sort -u)
	for kind in $kinds; do
		[ -n "${number[$kind]-}" ] || fail "$kind is not in the table"
		rm -f ran
		expect_status 125 "$REFUSE" "prctl=${number[$kind]}:EPERM" -- nacre "$@" -- touch "$T/ran"
		[ ! -e ran ] || fail "$*: it ran without $kind"
		expect_match '^nacre: cannot '
	done
	all+=" $kinds"
}
every run --rw
every run --rm -b "$T"
every run --rm -b "$T" --share pid
every run --rw --share pid,ipc,uts,cgroup
# A tracer, and a filter of who is not root, take its rights from newuidmap.
[ "$(id -u)" -ne 0 ] || every run --rm -b "$T" --as-root
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
[ "$(tr ' ' '\n' <<<"$all" | sort -u | grep -c .)" -ge 5 ] || fail "only these were met:$all"
