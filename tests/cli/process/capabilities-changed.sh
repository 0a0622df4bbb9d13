# needs: userns overlay
# --cap-add and --cap-drop change the sets; an unknown name is an error with a suggestion.
expect_output 'CapEff:	0000000000000020' \
	nacre run --rm -u 0 --cap-drop all --cap-add kill -- grep CapEff /proc/self/status
expect_output 'CapBnd:	00000000800405fa' nacre run --rm -u 0 --cap-drop chown -- \
	grep CapBnd /proc/self/status
expect_output 'CapEff:	0000000000200000' \
	nacre run --rm -u 0 --cap-drop all --cap-add CAP_SYS_ADMIN -- grep CapEff /proc/self/status
expect_status 125 nacre run --cap-add sys_admln -- true
expect_match 'sys_admin'
