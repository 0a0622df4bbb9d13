# needs: userns overlay
# Words of the mount and options of overlayfs reach the mount, and a wrong one is an error.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
mkdir m low up work
printf '#!/bin/sh\necho ran\n' >low/tool
chmod +x low/tool
shown()
{
	overlayns -o "$@" sed -n "s,.* $T/m \(.*\),\1,p" /proc/self/mountinfo
}
expect_status 0 overlayns -o m,lowerdir=low,upperdir=up,workdir=work,ro sh -c '! touch m/x 2>/dev/null'
expect_output ran overlayns -o m,lowerdir=low m/tool
expect_status 126 overlayns -o m,lowerdir=low,noexec m/tool
expect_status 0 shown m,lowerdir=low,noatime,nosuid,nodev
expect_match 'noatime'
expect_status 0 shown m,lowerdir=low,tmp,xino=off
expect_match 'userxattr'
expect_status 0 shown m,lowerdir=low,tmp,userxattr
expect_match 'userxattr'
expect_status 0 shown m,lowerdir=low,tmp,uuid=off
expect_match 'uuid=(off|null)'
expect_status 125 overlayns -o m,lowerdir=low,nosuchoption=1 true
expect_match '\[filesystem-option\]|\[overlay-'
# A slip of the pen is no option of the file system.
expect_status 33 overlayns -o m,lowerdir=low,uperdir=up,workdir=work true
expect_match 'did you mean upperdir\?'
# What overlayfs cannot do without root is said before anything is done.
expect_error 33 plan-overlay-option-userns overlayns -o m,lowerdir=low,metacopy=on true
