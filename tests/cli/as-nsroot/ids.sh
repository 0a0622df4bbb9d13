# needs: userns overlay user
# Without a map the command has the caller's ids and no capabilities; with one, what it says.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
small_root root
uid=$(id -u) gid=$(id -g)
expect_output "$uid $gid 0000000000000000" nsroot_in root -v /proc:/proc -- \
	sh -c 'echo $(id -u) $(id -g) $(sed -n "s/^CapEff:\s*//p" /proc/self/status)'
# Root in the namespace, with every capability in it.
expect_output "0 $gid" nsroot_in root -M "0 $uid 1" -- sh -c 'echo $(id -u) $(id -g)'
expect_output '0 0' nsroot_in root -M "0 $uid 1" -G "0 $gid 1" -- sh -c 'echo $(id -u) $(id -g)'
all=$(unshare --user --map-root-user sed -n 's/^CapEff:\s*//p' /proc/self/status)
expect_output "$all" nsroot_in root --uid-map="0 $uid 1" -v /proc:/proc -- sed -n 's/^CapEff:\s*//p' /proc/self/status
mkdir root/a
expect_output tmpfs nsroot_in root -M "0 $uid 1" -v /proc:/proc -- sh -c 'mount -t tmpfs none /a && stat -f -c %T /a'
# But what it was put into stays.
expect_status 32 nsroot_in root -M "0 $uid 1" -v /proc:/proc -- umount /proc
# Groups need not be mapped by hand, nor users.
expect_output "$uid 0" nsroot_in root -G "0 $gid 1" -- sh -c 'echo $(id -u) $(id -g)'
expect_output "7 8" nsroot_in root -M "7 $uid 1" -G " 8	$gid  1 " -- sh -c 'echo $(id -u) $(id -g)'
expect_output deny nsroot_in root -M "7 $uid 1" -v /proc:/proc -- cat /proc/self/setgroups
# The last map counts.
expect_output 6 nsroot_in root -M "5 $uid 1" -M "6 $uid 1" -- id -u
for map in '' x '0' "0 $uid" "0 $uid 1 1" "0 $uid x" "0 -1 1" "0 $uid 1," "0,$uid,1" "0 $uid 0" "0 $uid 1,0 5 1" '0 0 4294967296'; do
	expect_status 255 nsroot -M "$map" root true
	expect_status 255 nsroot -G "$map" root true
done
# Ids that are not the caller's.
expect_status 1 nsroot_in root -M '0 0 1' -- true
expect_match '^nsroot: cannot map ids'
