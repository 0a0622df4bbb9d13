# needs: userns overlay
# COMMAND is looked up in the new root; without one it is an interactive shell, $SHELL or /bin/sh.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
small_root root
mkdir root/tools
printf '#!/bin/sh\necho "shell $*"\n' >root/tools/shell
chmod +x root/tools/shell
expect_output 'shell -i' env SHELL=/tools/shell nacre as nsroot "${volumes[@]}" root
expect_output 'shell a  b' env PATH=/tools:/bin:/usr/bin "$NACRE" as nsroot "${volumes[@]}" root shell 'a  b'
echo 'echo $0 $-' >in
expect_status 0 sh -c 'unset SHELL; nacre as nsroot "$@" <in' sh "${volumes[@]}" root
expect_match '^/bin/sh .*i'
expect_status 0 sh -c 'SHELL= nacre as nsroot "$@" <in' sh "${volumes[@]}" root
expect_match '^/bin/sh .*i'
expect_error 127 command-not-found nsroot_in root -- nothing-of-that-name
expect_status 127 env SHELL=/none nacre as nsroot "${volumes[@]}" root
expect_error 126 command-not-executable nsroot_in root -- /etc/file
# Environment and descriptors are the caller's.
expect_output kept env KEPT=kept nacre as nsroot "${volumes[@]}" root sh -c 'echo $KEPT'
expect_output seven sh -c 'exec 7>tmp/seven; nacre as nsroot "$@" root sh -c "echo seven >&7"; cat tmp/seven' sh "${volumes[@]}"
