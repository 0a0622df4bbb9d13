# needs: userns overlay
# --mount: a file system by its type, with its options and the flags of mount(8).
small_root root
mkdir src
box root -m tmpfs,me,/t,size=64k,mode=700,nr_inodes=50 -m proc,proc,/p,nosuid,ro -m mqueue,none,/q,mkdir=maybe \
	-m bind,src,/b,ro,noexec -m none,src,/c,rbind -- sh -c '
	stat -c %a /t; stat -f -c "%T %c" /t; stat -f -c %T /p
	awk "\$5 ~ /^.[tpqbc]$/ { print \$5, \$6 }" /proc/self/mountinfo'
