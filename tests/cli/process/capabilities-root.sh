# needs: userns overlay
# Root of a box has the eleven of the manual, and none is inherited or ambient.
# chown 0, dac_override 1, fowner 3, fsetid 4, kill 5, setgid 6, setuid 7, setpcap 8,
# net_bind_service 10, sys_chroot 18, setfcap 31
want='CapInh:	0000000000000000
CapPrm:	00000000800405fb
CapEff:	00000000800405fb
CapBnd:	00000000800405fb
CapAmb:	0000000000000000'
expect_output "$want" nacre run -q --rm -u 0 -- grep ^Cap /proc/self/status
expect_output "$want" nacre run -q --rm --as-root -- grep ^Cap /proc/self/status
