# needs: userns overlay
# A tmpfs has the size, the inodes, the mode and the owner that were asked for.
small_root root
id=$(id -u)
expect_output '64k' box root --tmpfs /t,size=64k -- sh -c 'df --block-size=K --output=size /t | sed "1d; s/ //g; s/K/k/"'
expect_output 100 box root --tmpfs /t,inodes=100 -- stat -f -c %c /t
expect_output 1777 box root --tmpfs /t,mode=1777 -- stat -c %a /t
expect_output 755 box root --tmpfs /t -- stat -c %a /t
expect_output "$id" box root --tmpfs "/t,uid=$id" -- stat -c %u /t
expect_output 3 box root --tmpfs /t,nr_blocks=3 -- stat -f -c %b /t
expect_status 0 box root --tmpfs /t,ro -- sh -c '! touch /t/new 2>/dev/null'
expect_status 0 box root --tmpfs /t,noexec -- sh -c 'grep -q " /t rw,nosuid,nodev,noexec," /proc/self/mountinfo'
expect_status 0 box root --tmpfs '/a\,b' -- touch /a,b/new
