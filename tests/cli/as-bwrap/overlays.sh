# needs: userns overlay
# Layers in the order given, the last on top; where writes go.
mkdir low mid up work
echo low >low/file && echo low >low/only-low && echo mid >mid/file
bwrap()
{
	nacre as bwrap --ro-bind / / --overlay-src "$T/low" --overlay-src "$T/mid" "$@"
}

expect_output 'mid low' bwrap --ro-overlay /mnt sh -c 'echo $(cat /mnt/file /mnt/only-low)'
expect_status 0 bwrap --ro-overlay /mnt sh -c '! touch /mnt/new 2>/dev/null'
expect_output 'new mid' bwrap --tmp-overlay /mnt sh -c 'echo new >/mnt/new && echo $(cat /mnt/new /mnt/file)'
[ ! -e mid/new ] && [ ! -e low/new ] || fail "a layer was written to"
expect_output new bwrap --overlay "$T/up" "$T/work" /mnt sh -c 'echo new >/mnt/file && cat /mnt/file'
[ "$(cat up/file)" = new ] && [ "$(cat mid/file)" = mid ] || fail "not in the top"
expect_output new bwrap --overlay "$T/up" "$T/work" /mnt cat /mnt/file
expect_output 755 bwrap --tmp-overlay /mnt stat -c %a /mnt
