# needs: userns newuidmap
# --userns-block-fd: others write the maps of the pid that --info-fd tells, and say when they are there.
mkfifo gate
nacre as bwrap --unshare-user --uid 0 --ro-bind / / --info-fd 20 --userns-block-fd 10 sh -c 'id -u; cat /proc/self/uid_map' \
	20>info 10<>gate >out &
wait_until grep -q '}' info
pid=$(sed -n 's/.*"child-pid": \([0-9]*\).*/\1/p' info)
first=$(first_id /etc/subuid) first_group=$(first_id /etc/subgid)
newuidmap "$pid" 0 "$(id -u)" 1 1 "$first" 100
newgidmap "$pid" 0 "$(id -g)" 1 1 "$first_group" 100
echo >gate
wait $!
[ "$(sed 's/  */ /g; s/^ //' out)" = "0
0 $(id -u) 1
1 $first 100" ] || fail "$(cat out)"
