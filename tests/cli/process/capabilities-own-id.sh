# needs: user userns overlay
# A capability that is added also reaches a command that is not root, through execve.
expect_output 'CapEff:	0000000000000400' nacre run --rm --cap-add net_bind_service -- \
	grep CapEff /proc/self/status
expect_output 'CapEff:	0000000000000400' nacre run --rm -u 5 --cap-add net_bind_service -- \
	sh -c 'grep CapEff /proc/self/status'
