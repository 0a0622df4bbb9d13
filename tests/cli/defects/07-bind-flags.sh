# needs: userns overlay
# Defect 7: flags that stood beside a bind were ignored, so that a read-only one was writable. In each spelling they hold.
mkdir src place
printf '#!/bin/sh\n' >src/tool
chmod +x src/tool
try()
{
	expect_status 0 nacre run --rm "$@" -- sh -c '! touch "$1/new" 2>/dev/null && ! "$1/tool" 2>/dev/null && [ -e "$1/tool" ] &&
		grep -q " $1 ro,nosuid,nodev,noexec" /proc/self/mountinfo' sh "$T/place"
	[ ! -e src/new ] || fail "it was written"
}
try -b "src:place:ro,noexec"
try -b "src:place:ro,noexec,norec"
try -m "bind,src,place,ro,nosuid,nodev,noexec"
try -m "rbind,src,place,ro,nosuid,nodev,noexec"
try -m "none,src,place,bind,ro,nosuid,nodev,noexec"
try -m "bind,src,place" -m "none,none,place,remount,ro,nosuid,nodev,noexec"
# Propagation was ignored beside a bind, too.
with_mounts '
	mount -t tmpfs none src
	mount --make-shared src
	expect_status 0 nacre run --rm -m "bind,src,place,slave" -- sh -c "grep \" $T/place .* master:\" /proc/self/mountinfo"
	expect_status 0 nacre run --rm -m "bind,src,place,private" -- sh -c "! grep -E \" $T/place .* (master|shared):\" /proc/self/mountinfo"
'
