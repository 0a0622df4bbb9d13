# needs: userns overlay
# What the options make below an overlay is in no layer and in no upper of the user's.
small_root root
mkdir low up
touch file
expect_output 'a d f l t' box root -o /o,lower=low,upper=up --dir /o/d --symlink x /o/l --file /o/f=text \
	--tmpfs /o/t -b file:/o/a -- sh -c 'echo $(ls /o)'
[ -z "$(ls -A low)$(ls -A up)" ] || fail "it left $(ls -A low up)"
expect_output 'a d f l t' box root -o /o,lower=low --dir /o/d --symlink x /o/l --file /o/f=text \
	--tmpfs /o/t -b file:/o/a -- sh -c 'echo $(ls /o)'
