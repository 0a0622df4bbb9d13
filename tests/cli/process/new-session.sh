# needs: tty userns overlay
# --new-session: the command leads a session of its own and has no terminal to open; Ctrl-C at the caller's reaches it all the same.
cat >look.sh <<'END'
if (: </dev/tty) 2>/dev/null; then terminal=with; else terminal=without; fi
[ ! -e /dev/console ] || terminal+=" console"
if [ "$(cut -d' ' -f6 /proc/$$/stat)" = $$ ]; then echo "leads, $terminal"; else echo "follows, $terminal"; fi
END
keep on_terminal nacre run --rm --new-session -- bash look.sh
expect_match '^leads, without.?$'
keep on_terminal nacre run --rm -- bash look.sh
expect_match '^follows, with console.?$'
expect_output 'leads, without' nacre run --rm --share pid --new-session -- bash look.sh
expect_output 'leads, without' nacre run --rw --share pid --new-session -- bash look.sh

cat >catch.sh <<'END'
trap 'echo got; exit 4' INT
: >"$1"
sleep 10 &
wait
END
(
	wait_until test -e begun
	printf '\003'
	sleep 5
) | script --quiet --return --command "exec nacre run --rm --new-session -b $T -- bash catch.sh $T/begun" /dev/null >out && status=0 ||
	status=$?
[ "$status" -eq 4 ] && grep -q got out || fail "status $status: $(cat out)"
