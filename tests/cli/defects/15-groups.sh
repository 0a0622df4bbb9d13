# needs: userns overlay user
# Defect 15: a map of groups was refused, as setgroups had not been denied.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
small_root root
uid=$(id -u) gid=$(id -g)
expect_output '0 0' nsroot_in root -M "0 $uid 1" -G "0 $gid 1" -- sh -c 'echo $(id -u) $(id -g)'
expect_output "$uid 5" nsroot_in root -G "5 $gid 1" -- sh -c 'echo $(id -u) $(id -g)'
expect_output deny nsroot_in root -G "5 $gid 1" -v /proc:/proc -- cat /proc/self/setgroups
expect_output deny overlayns cat /proc/self/setgroups
