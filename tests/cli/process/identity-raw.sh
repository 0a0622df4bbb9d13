# needs: user userns overlay newuidmap
# Raw maps are used as they are given.
uid=$(id -u) gid=$(id -g)
sub=$(first_id /etc/subuid)
sub_gid=$(first_id /etc/subgid)
expect_output "0 $uid 1 1 $sub 100" nacre run --rm --uid-map "0:$uid:1,1:$sub:100" \
	--gid-map "0:$gid:1,1:$sub_gid:100" -- sh -c 'echo $(cat /proc/self/uid_map)'
expect_output "50 $uid 1" nacre run --rm --uid-map "50:$uid:1" --gid-map "60:$gid:1" -- \
	sh -c 'echo $(cat /proc/self/uid_map)'
expect_status 125 nacre run --uid-map "0:$uid:1,1:0:1" --gid-map "0:$gid:1" -- true
expect_status 125 nacre run --uid-map "0:$uid" -- true
