# needs: userns overlay
# A remount changes the flags of a mount that is there, and of those below with rec.
small_root root
set -- --tmpfs /t --tmpfs /t/sub
expect_status 0 box root "$@" -m none,none,/t,remount,ro -- \
	sh -c '! touch /t/new 2>/dev/null && touch /t/sub/new'
expect_status 0 box root "$@" -m none,none,/t,remount,rec,ro -- \
	sh -c '! touch /t/new 2>/dev/null && ! touch /t/sub/new 2>/dev/null'
expect_status 0 box root "$@" -m none,none,/t,remount,ro -m none,none,/t,remount,rw -- touch /t/new
expect_status 0 box root "$@" -m none,none,/t,remount,noexec,noatime -- \
	grep -q ' /t rw,nosuid,nodev,noexec,noatime ' /proc/self/mountinfo
expect_status 125 box root -m none,none,/etc,remount,ro -- true
expect_no_match '\[bug\]'
# What has a value is for its file system, unless bind says that the mount alone is meant.
expect_output 2048 box root --tmpfs /t,size=1M -m none,none,/t,remount,size=2m -- sh -c 'df -k /t | grep -o 2048 | head -n 1'
expect_error filesystem-option box root --tmpfs /t -m none,none,/t,remount,ssize=2m -- true
