# needs: userns overlay user newuidmap
# Maps of several ranges, by newuidmap and newgidmap.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
small_root root
uid=$(id -u) gid=$(id -g) sub=$(first_id /etc/subuid) subgid=$(first_id /etc/subgid)
expect_output "0 0 1 1 1 100" nsroot_in root -M "0 $uid 1,1 $sub 100" -v /proc:/proc -- sh -c 'echo $(cat /proc/self/uid_map)'
expect_output "5:6" nsroot_in root -M "0 $uid 1,1 $sub 100" -G "0 $gid 1,1 $subgid 100" -- \
	sh -c 'touch /etc/owned && chown 5:6 /etc/owned && stat -c %u:%g /etc/owned && rm /etc/owned'
# The command is who the map makes of the caller.
expect_output '70 80' nsroot_in root -M "0 $sub 10,70 $uid 1" -G "0 $subgid 10,80 $gid 1" -- sh -c 'echo $(id -u) $(id -g)'
# A map without the caller: its first id, who must be allowed to come here.
chmod 755 "$T" root
expect_output '3 4' nsroot_in root -M "3 $sub 10" -G "4 $subgid 10" -- sh -c 'echo $(id -u) $(id -g)'
expect_status 1 nsroot_in root -M "0 $uid 1,1 $sub 9999999" -- true
