# needs: userns overlay
# --mount: a file system by its type, with its options and the flags of mount(8).
small_root root
mkdir src
box root -m tmpfs,me,/t,size=64k,mode=700,nr_inodes=50 -m proc,proc,/p,nosuid,ro -m mqueue,none,/q,mkdir=maybe -- \
	sh -c 'stat -c %a /t; stat -f -c "%T %c" /t; stat -f -c %T /p; grep -oE " /[tpq] [a-z,]*" /proc/self/mountinfo'
expect_status 0 box root -m bind,src,/b,ro,noexec -m none,src,/c,rbind -- cat /proc/self/mountinfo
expect_match ' /b ro,([a-z,]*,)?noexec'
expect_match ' /c rw,'
