# needs: userns overlay
# What the command leaves in the background ends with it, daemons too.
nacre run --rm -- bash -c '
	sleep 65 & (setsid sleep 65 &)
	setsid bash -c "trap \"\" TERM HUP; sleep 65 & sleep 65" & true'
nacre run --rm --share pid -- bash -c '(sleep 66 &); sleep 66 & true'
