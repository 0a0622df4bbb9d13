# needs: userns overlay
# Defect 2: options of an overlay were dropped. Flags, mkdir= and options of overlayfs reach the mount.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
mkdir low
printf '#!/bin/sh\n' >low/tool
chmod +x low/tool
expect_status 0 overlayns -o "m,lowerdir=low,tmp,ro,noexec,noatime,xino=on,mkdir=maybe" \
	sh -c '! touch m/x 2>/dev/null && grep -E " $1/m ro,nosuid,nodev,noexec,noatime .*xino=on" /proc/self/mountinfo' sh "$T"
expect_status 126 overlayns -o home,lowerdir=low,noexec home/tool
[ ! -e m ] || fail "the mount point was made outside"
