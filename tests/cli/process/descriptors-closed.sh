# needs: userns overlay
# Descriptors above 2 stay outside, whatever their number.
exec 3</etc/passwd 9<. 100</
expect_output '0 1 2 3' nacre run --rm -- sh -c 'echo $(ls /proc/self/fd)' # 3 is the one of ls
