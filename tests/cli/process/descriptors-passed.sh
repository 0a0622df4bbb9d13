# needs: userns overlay
# --pass-fd keeps a descriptor open, and no other.
echo text >file
exec 5<file 7<file 200<file
expect_output 'text' nacre run --rm --pass-fd 5 -- cat /proc/self/fd/5
expect_output '0 1 2 200 3 5' nacre run --rm --pass-fd 200 --pass-fd 5 -- \
	sh -c 'echo $(ls /proc/self/fd)'
