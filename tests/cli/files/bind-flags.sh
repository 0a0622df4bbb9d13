# needs: userns overlay tool:findmnt
# nosuid and nodev unless dev or suid is asked for; noexec when asked for.
small_root root
mkdir src
printf '#!/bin/sh\necho ran\n' >src/tool
chmod +x src/tool
expect_status 0 box root -b src:/data -- grep ' /data rw,nosuid,nodev,' /proc/self/mountinfo
expect_status 0 box root -b src:/data:dev,suid -- grep ' /data rw,' /proc/self/mountinfo
# What the mount of the source has itself is locked and stays.
case $(findmnt -n -o OPTIONS -T src) in
*nosuid* | *nodev*) ;;
*) expect_no_match ' /data [^ ]*(nosuid|nodev)' ;;
esac
expect_status 126 box root -b src:/data:noexec -- /data/tool
expect_output ran box root -b src:/data -- /data/tool
