# needs: userns overlay
# A layer with links where things are mounted does not lead out of the box either.
small_root root
mkdir victim layer
echo mine >victim/file
ln -s "$T/victim" layer/data
ln -s "../../../../..$T/victim" layer/up
for place in /data /up; do
	keep box root -q -l layer --file "$place/file=evil" --dir "$place/dir" -- true
	keep box root -q -l layer --tmpfs "$place/new" -- true
	keep box root -q -l layer -o "$place,tmp" -- true
	keep box root -q -l layer --hide "$place/file" -- true
	[ "$(ls victim)" = file ] && [ "$(cat victim/file)" = mine ] || fail "$place: the host was changed"
done
