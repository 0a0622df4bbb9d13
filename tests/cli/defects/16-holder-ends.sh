# needs: userns overlay
# Defect 16: the process that held a box without a command could not be ended by SIGTERM, and stayed up to a minute when the
# last member had left.
# SIGTERM ends the keeper and all that is in the box, who does not listen included; a box that was not started ends with its last
# member.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/live.sh"
small_root root

# ended NAME: the keeper is told to end, and nothing of the box is left.
ended()
{
	local keeper init

	keeper=$(keeper_of "$1") init=$(init_of "$1")
	kill -TERM "$keeper"
	for _ in $(seq 500); do
		if is_gone "$keeper" && is_gone "$init"; then
			break
		fi
		sleep 0.05
	done
	is_gone "$keeper" || fail "$1: the keeper lives"
	is_gone "$init" || fail "$1: the init lives"
	[ ! -e "$(dir_of "$1")/door" ] || fail "$1: its door is left"
}

begin=$SECONDS
started empty
ended empty
started orphan
enter orphan sh -c 'setsid sleep 1000 & echo >/there'
ended orphan
started stopped
enter stopped sh -c '(sleep 1000 & kill -STOP $!)'
ended stopped
# Else it was killed behind the grace of ten seconds, and had not listened.
[ $((SECONDS - begin)) -lt 10 ] || fail "it took $((SECONDS - begin)) seconds"

started deaf
enter deaf sh -c 'trap "" TERM INT HUP; echo >/ready; while :; do sleep 1; done' &
deaf=$!
wait_until enter deaf test -e /ready
ended deaf
status=0
wait $deaf || status=$?
[ $status -eq 137 ] || fail "the member that did not listen has status $status"

# Nobody has started this one: it has gone when its last member is back.
enter last true
[ ! -e "$(dir_of last)/door" ] || fail "it lives behind its last member"
enter left sh -c 'sleep 0.5 & true'
wait_until test ! -e "$(dir_of left)/door"
