# needs: userns overlay
# The old root cannot be reached: neither by ".." nor by a descriptor.
small_root root
touch "$T/outside"
for options in "" "--tmpfs /t" "--file /f=x" "--hide /etc"; do
	# shellcheck disable=SC2086 # words
	expect_status 0 box root $options -- sh -c "! test -e '/..$T/outside' && ! test -e '$T/outside' &&
		! test -e '/proc/1/root$T/outside' && ! test -e '/proc/self/cwd/../..$T/outside'"
	# shellcheck disable=SC2086
	expect_status 0 nacre run --rm $options -- sh -c 'cd /; cd ..; test "$(stat -c %d:%i .)" = "$(stat -c %d:%i /)"'
done
