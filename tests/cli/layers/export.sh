# needs: archive userns overlay tool:getfattr
# What a box changed as a layer of an image: whiteouts, links, attributes, holes, names; imported it is what save makes.
small_root root
mkdir -p root/d root/whole root/gone
for file in d/a d/b whole/w gone/g noise; do
	echo base >"root/$file"
done
cp "$SOURCE/tests/lib/harness.sh" harness
box root -n fix -b "$T:/t" -- bash -c '
	. /t/harness; cd /; hostile_tree hostile
	every=$(printf %b "$(printf "\\\\x%02x" {1..46} {48..255})")
	echo every >"hostile/$every"; ln "hostile/$every" hostile/hard-every
	echo more >>d/a; rm d/b; rm -r gone whole; mkdir whole; echo new >whole/n; exec 3<>noise
	setfattr -n user.x -v 1 hostile/tool; setfattr -n user.overlay.y -v 2 hostile/tool
	chmod 500 hostile/empty'
expect_output '' nacre export fix -o out.tar
expect_match "^nacre: box fix: [0-9]+ entries in $T/out.tar$"
tar -tf out.tar >list
for entry in ./ d/ d/a d/.wh.b .wh.gone whole/ whole/.wh..wh..opq whole/n hostile/ hostile/empty/; do
	grep -qxF "$entry" list || fail "no entry $entry in: $(cat list)"
done
grep -E '^(noise|whole/\.wh\.w|gone|hostile/\.wh)' list && fail "too much is in it"
[ "$(grep -cxF d/ list)" = 1 ] || fail "an entry comes twice"
[ "$(stat -c %s out.tar)" -lt 500000 ] || fail "the hole is in it"
expect_status 0 nacre save fix saved
expect_status 0 nacre import out.tar imported
expect_no_match 'left out'
find "$HOME/.local/share/nacre/layers" -type c -exec touch -d @0 {} +
same_tree "$HOME/.local/share/nacre/layers/saved" "$HOME/.local/share/nacre/layers/imported"
# GNU tar understands all of it.
mkdir unpacked
tar --xattrs -C unpacked -xpf out.tar
[ -z "$(find unpacked -name '.wh.*' -delete)" ]
rm -r unpacked/d unpacked/whole
mkdir seen
box root -n fix -b "$T:/t" -- cp -a /hostile /t/seen
same_tree unpacked/hostile seen/hostile
