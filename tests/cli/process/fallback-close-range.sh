# needs: userns overlay
# Without close_range descriptors stay outside all the same.
exec 3</etc/passwd 9<. 300</
expect_output '0 1 2 3' "$REFUSE" close_range -- nacre run --rm -- sh -c 'echo $(ls /proc/self/fd)'
expect_output '0 1 2 3 9' "$REFUSE" close_range -- nacre run --rm --pass-fd 9 -- \
	sh -c 'echo $(ls /proc/self/fd)'
