# needs: userns overlay
# PID 1 reaps what others left to it.
expect_output 0 nacre run --rm -- bash -c '
	for n in 1 2 3 4 5 6 7 8; do (bash -c "true & exec true" & ) ; done
	for try in 1 2 3 4 5 6 7 8 9 10; do
		zombies=$(cat /proc/[0-9]*/stat 2>/dev/null | grep -c ") Z ")
		[ "$zombies" -gt 0 ] || break
		sleep 0.1
	done
	echo "$zombies"'
