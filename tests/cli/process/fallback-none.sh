# needs: userns overlay
# Where something is refused that nothing replaces, nacre says so and leaves nothing.
for calls in mount:EPERM,fsopen:EPERM unshare:EPERM,clone=0:EPERM pivot_root:EPERM; do
	keep "$REFUSE" "$calls" -- nacre run --rm -- sh -c 'exit 7'
	case $status in
	7) ;;
	125) expect_match '^nacre: cannot ' ;;
	*) fail_with_output "$calls: status $status" ;;
	esac
	expect_no_match '(errno|Assertion|/proc/self/fd)'
done
expect_status 125 "$REFUSE" pivot_root:EPERM -- nacre run --rm -- true
expect_status 125 "$REFUSE" fsopen,mount:EPERM -- nacre run --rm -- true
