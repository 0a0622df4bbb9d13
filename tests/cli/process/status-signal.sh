# needs: userns overlay
# A command that a signal ended gives 128 plus the signal's number.
for pair in HUP:129 INT:130 QUIT:131 ABRT:134 KILL:137 SEGV:139 PIPE:141 TERM:143; do
	expect_status "${pair#*:}" nacre run --rm -- sh -c "ulimit -c 0; kill -${pair%:*} \$\$"
done
