# needs: userns overlay
# Without the descriptor-based mount calls an overlay has its layers, whatever their names hold.
mkdir -p root/usr 'la:y,er\1/usr' layer2/usr
ln -s usr root/top && echo base >root/usr/file
echo one >'la:y,er\1/usr/file' && echo two >layer2/usr/two
cat >look.sh <<'END'
cat "$1/usr/file" "$1/usr/two" "$1/top/two" && echo new >"$1/usr/file"
END
overlay=$T/root,lower=$T/root,lower=$T/la:y\\,er\\\\1,lower=$T/layer2,tmp
expect_output $'one\ntwo\ntwo' "$REFUSE" fsopen,open_tree,move_mount,mount_setattr,fsmount -- \
	nacre run --rm -o "$overlay" -- sh look.sh "$T/root"
expect_output $'one\ntwo\ntwo' nacre run --rm -o "$overlay" -- sh look.sh "$T/root"
[ "$(cat root/usr/file)" = base ] || fail "the root was written"
