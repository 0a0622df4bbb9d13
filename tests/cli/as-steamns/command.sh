# needs: userns
# Without a command /bin/bash is run; options end at the first word that is none, and at --.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
steam_root root
expect_output 'bash /bin/bash' sh -c 'echo "echo bash \$0" | steamns -p root'
expect_output '-r' steam sh -c 'echo "$1"' sh -r
expect_output '-x' steam -- sh -c 'echo "$1"' sh -x
# Letters together, the value behind the last one or as the next word.
expect_output 0 steamns -rp root id -u
expect_output 0 steamns -rGproot id -u
printf '#!/bin/sh\necho own\n' >root/usr/bin/-own
chmod +x root/usr/bin/-own
expect_output own steam -- -own
expect_status 127 steam nothing-of-that-name
expect_status 126 steam /etc
expect_status 7 steam sh -c 'exit 7'
# The environment is the caller's.
A=b expect_output b steam sh -c 'echo "$A"'
