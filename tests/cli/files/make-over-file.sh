# needs: userns overlay
# --file over a file that is there shows the text and leaves the root's file alone.
small_root root
for writes in --rm --ro --rw; do
	expect_output new box root "$writes" --file /etc/file=new -- cat /etc/file
done
[ "$(cat root/etc/file)" = base ] || fail "the root's file was written"
