# needs: archive tool:getfattr
# A tar becomes a layer: content, modes, times, links, holes, names of every byte; packed by whatever.
hostile_tree tree
setfattr -n user.note -v kept tree/tool
every=$(printf '%b' "$(printf '\\x%02x' {1..46} {48..255})")
echo every >"tree/$every"
ln "tree/$every" $'tree/hard\xff'
ln -s "$every" $'tree/soft\xff'
layers=$HOME/.local/share/nacre/layers
pack()
{
	tar --format=pax --sparse --xattrs --pax-option=delete=atime,delete=ctime -C tree "$@" .
}

pack -cf tree.tar
expect_output '' nacre import tree.tar
expect_match '^nacre: layer tree has 22 objects; use it with: nacre run -l tree$'
expect_no_match 'left out'
same_tree tree "$layers/tree"
[ "$(stat -c %b "$layers/tree/sparse")" -lt 100 ] || fail "the hole was filled"
for how in gzip bzip2 xz zstd lz4 lzma; do
	command -v "$how" >/dev/null || continue
	"$how" <tree.tar >"$how.tar.$how"
	expect_status 0 nacre import -q "$how.tar.$how" "$how"
	expect_no_match .
	same_tree tree "$layers/$how"
done
expect_status 0 nacre import - piped <tree.tar
same_tree tree "$layers/piped"
# As nobody else made it, nobody else can read it.
[ "$(stat -c %a "$layers")" = 700 ] || fail "the shelf is open to others"
