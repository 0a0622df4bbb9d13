# needs: userns overlay
# The umask is the caller's, in the command and in what it makes.
for mask in 0022 0077 0000 0027; do
	(umask $mask && expect_output "$mask" nacre run --rm -- sh -c umask)
done
umask 077
expect_output 600 nacre run --rm -- sh -c ': >new && stat -c %a new'
