# needs: userns overlay
# nosuid and nodev unless dev or suid is asked for; noexec when asked for.
small_root root
mkdir src
printf '#!/bin/sh\necho ran\n' >src/tool
chmod +x src/tool
options='p=$1; awk -v p="$p" "\$5 == p { print \$6 }" /proc/self/mountinfo'
expect_status 0 box root -b src:/data -- sh -c "$options" sh /data
expect_match 'nosuid,nodev'
expect_status 0 box root -b src:/data:dev,suid -- sh -c "$options" sh /data
expect_no_match 'nosuid|nodev'
expect_status 126 box root -b src:/data:noexec -- /data/tool
expect_output ran box root -b src:/data -- /data/tool
