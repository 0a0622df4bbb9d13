# needs: userns
# When the command ends, so does bwrap; what it left behind goes on, as it does with bubblewrap. With --die-with-parent it ends.
mkfifo hold
exec 9<>hold
expect_status 4 nacre as bwrap --unshare-pid --ro-bind / / --bind "$T" "$T" --dev /dev --info-fd 20 \
	sh -c 'read -r line <&9 & exit 4' 20>info
pid=$(sed -n 's/.*"child-pid": \([0-9]*\).*/\1/p' info)
kill -0 "$pid" || fail "what was left behind has ended"
echo end >&9
wait_until sh -c "! kill -0 $pid 2>/dev/null"
# The same with --die-with-parent.
expect_status 4 nacre as bwrap --die-with-parent --unshare-pid --ro-bind / / --dev /dev --info-fd 20 \
	sh -c 'read -r line <&9 & exit 4' 20>info
pid=$(sed -n 's/.*"child-pid": \([0-9]*\).*/\1/p' info)
wait_until sh -c "! kill -0 $pid 2>/dev/null"
# Killed: the sandbox goes on, or ends with it.
for words in '' --unshare-pid; do
	for die in '' --die-with-parent; do
		rm -f info
		# shellcheck disable=SC2086 # words are words
		"$NACRE" as bwrap $words $die --ro-bind / / --dev /dev --info-fd 20 sh -c 'exec sleep 1000' 20>info &
		bwrap=$!
		wait_until grep -q '}' info
		pid=$(sed -n 's/.*"child-pid": \([0-9]*\).*/\1/p' info)
		wait_until sh -c "cat /proc/$pid/task/*/children /proc/$pid/comm | grep -q '[0-9]\|sleep'"
		kill -KILL "$bwrap"
		wait "$bwrap" 2>/dev/null || true
		if [ -n "$die" ]; then
			wait_until sh -c "! kill -0 $pid 2>/dev/null"
		else
			sleep 0.2
			kill -KILL "$pid" || fail "it ended with bwrap: $words"
			wait_until sh -c "! kill -0 $pid 2>/dev/null"
		fi
	done
done
