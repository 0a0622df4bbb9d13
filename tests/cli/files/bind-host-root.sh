# needs: userns overlay outside
# The host's root, bound below another one, is the host's: neither the new root nor what nacre works with is in it, however often it
# is bound.
small_root root
mkdir root/host root/second root/o
touch outside
: >root/inside
expect_status 0 box root --tmpfs /t -b /:/host -b /:/second:ro -- sh -c '
	set -e
	[ -e /inside ]
	for at in /host /second; do
		[ -e "$at$1/outside" ]
		[ ! -e $at/inside ]
		[ ! -e $at/t ]
		[ -d $at/proc/sys ]
		! grep " $at/proc/[0-9]*/ns " /proc/self/mountinfo
	done
	! touch "/second$1/outside" 2>/dev/null
	touch "/host$1/written"
' sh "$T"
[ -e written ] || fail "the first is not the host's"
# Nor in a copy of /proc.
expect_status 0 box root --tmpfs /t -o /o,lower=root/etc,tmp -b /proc:/second -- sh -c '! grep " /second/[0-9]*/ns " /proc/self/mountinfo'
expect_status 0 nacre run --rw --no-defaults -o root/host,lower=root/etc,tmp -b /proc:root/second -- \
	sh -c '! grep "/ns " /proc/self/mountinfo && readlink root/second/self/ns/net'
