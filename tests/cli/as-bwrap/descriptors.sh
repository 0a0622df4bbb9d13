# needs: userns
# What the caller had open is the command's; what the options use is not.
echo text >file
expect_output text nacre as bwrap --ro-bind / / cat /dev/fd/17 17<file
printf x >byte
nacre as bwrap --ro-bind / / --proc /proc --unshare-pid --info-fd 20 --json-status-fd 21 --block-fd 22 --sync-fd 23 \
	--ro-bind-data 24 /etc/passwd sh -c 'ls /proc/self/fd' 20>info 21>status 22<byte 23<file 24<file 25<file >list
grep -qx 25 list || fail "25 is gone"
! grep -qxE '2[0-4]' list || fail "used ones are there: $(tr '\n' ' ' <list)"
