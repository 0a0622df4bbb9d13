# needs: userns
# Defect 7: ro beside bind was ignored, as mount(2) does, and so were other flags and the propagation.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
mkdir src m
printf '#!/bin/sh\n' >src/tool
chmod +x src/tool
expect_status 0 overlayns -m bind,src,m,ro sh -c '! touch m/new 2>/dev/null && touch src/new'
expect_status 126 overlayns -m bind,src,m,noexec m/tool
expect_status 0 overlayns -m bind,src,m,ro,nosuid,nodev,noexec,shared \
	grep -E " $T/m ro,nosuid,nodev,noexec,[a-z]* shared:" /proc/self/mountinfo
# A change of propagation with a flag is both.
expect_status 0 overlayns -m bind,src,m -m ,none,m,remount,bind,ro,private grep " $T/m ro" /proc/self/mountinfo
expect_status 0 overlayns -m bind,src,m -m ,none,m,ro,slave grep " $T/m ro" /proc/self/mountinfo
