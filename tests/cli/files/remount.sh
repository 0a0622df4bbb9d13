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
