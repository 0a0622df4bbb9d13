# needs: userns
# The command is looked up in PATH; environment, directory, descriptors, umask and standard channels are the caller's.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
mkdir bin sub
printf '#!/bin/sh\necho "tool $*"\n' >bin/tool
chmod +x bin/tool
expect_output 'tool a  b' env PATH="$T/bin:$PATH" nacre as overlayns tool 'a  b'
expect_status 127 overlayns tool
expect_match '^overlayns: cannot run tool: '
expect_output "$T/sub" sh -c 'cd sub && nacre as overlayns pwd'
env >tmp/outside
overlayns env >tmp/inside
diff <(grep -v ^_= tmp/outside) <(grep -v ^_= tmp/inside)
expect_output 'to a descriptor' sh -c 'exec 7>tmp/seven; nacre as overlayns sh -c "echo to a descriptor >&7"; cat tmp/seven'
expect_output 0027 sh -c 'umask 027; nacre as overlayns sh -c umask'
expect_output 'from stdin' sh -c 'echo from stdin | nacre as overlayns cat'
