# needs: userns overlay
# Init's program, environment, memory and descriptors are closed to the box, also to its root.
for identity in '' --as-root '-u 0' '--cap-add sys_ptrace,dac_override'; do
	for way in 'readlink /proc/1/exe' 'readlink /proc/1/cwd' 'readlink /proc/1/root' \
		'cat /proc/1/environ' 'cat /proc/1/maps' 'head -c 1 /proc/1/mem' \
		'readlink /proc/1/fd/0' 'head -c 1 /proc/1/fd/0'; do
		# shellcheck disable=SC2086 # words
		keep nacre run -q --rm $identity -- $way
		[ "$status" -ne 0 ] && [ "$status" -ne 125 ] ||
			fail_with_output "$identity: $way: status $status"
		[ ! -s "$T/tmp/stdout" ] || fail_with_output "$identity: $way"
	done
done
