# needs: userns overlay
# Defect 20: overlayns and nsroot left mount points outside, and a command that outlived them.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
small_root root
mkdir low dir vol
echo low >low/file
describe()
{
	find root low dir vol -printf '%p %y %m %s %l\n' | sort
}
describe >before
unchanged()
{
	describe | diff -u before - || fail "$1: something was left"
}
over=(-m "tmpfs,none,dir/new,mkdir=maybe" -o "dir/other/deep,lowerdir=low,tmp,mkdir=require" -m "bind,low/file,dir/file,mkdir=maybe")
in=(-v "$T/vol:/new/deep" -v "$T/low/file:/etc/other" -k -o /old)
expect_status 0 overlayns "${over[@]}" sh -c ': >dir/new/x && : >dir/other/deep/x && [ -s dir/file ]'
unchanged overlayns
expect_status 0 nsroot_in root "${in[@]}" -- sh -c '[ -d /new/deep ] && [ -s /etc/other ] && [ -d /old/proc ]'
unchanged nsroot
keep overlayns "${over[@]}" -m tmpfs,none,none true
unchanged 'overlayns failed'
keep nsroot_in root "${in[@]}" -v "$T/none:/etc" -- true
unchanged 'nsroot failed'

gone()
{
	! grep -lsazE "^KILL_MAR[K]=$1\$" /proc/[0-9]*/environ
}
# killed NAME COMMAND…: while it is in use.
killed()
{
	local mark=$1 pid

	shift
	rm -f fifo
	mkfifo fifo
	KILL_MARK=$mark "$NACRE" as "$@" sh -c 'trap "" HUP INT TERM; echo ready; while :; do sleep 0.1; done' >fifo &
	pid=$!
	read -r _ <fifo
	kill -KILL $pid
	wait $pid || true
	wait_until gone "$mark"
	unchanged "$mark killed"
}
killed overlayns overlayns "${over[@]}"
killed direct overlayns -m tmpfs,none,dir/new,mkdir=maybe
killed nsroot nsroot "${volumes[@]}" "${in[@]}" root
killed mapped nsroot "${volumes[@]}" "${in[@]}" -M "0 $(id -u) 1" root
