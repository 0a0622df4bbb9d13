# needs: archive userns overlay
# What an OCI layer takes away is gone from what is below when its tar is stacked; what it has itself stays.
small_root root
mkdir -p root/gone root/opaque/below root/both/old root/keep
touch root/gone/file root/gone-file root/opaque/file root/both/lower root/keep/file root/keep/other
"$TAR" f .wh.gone '' f .wh.gone-file '' \
	d opaque 755 f opaque/.wh.file '' f opaque/new x f opaque/.wh..wh..opq '' f opaque/.wh.orphan '' \
	d both 755 f both/mine x f .wh.both '' \
	f .wh.late '' f late x \
	f .wh.again '' d again 755 f again/in x \
	f .wh..wh.plnk '' c keep/other 0:0 \
	f keep/.wh.missing '' >layer.tar
mkdir root/again
touch root/again/below root/late
cp -a root before
expect_status 0 nacre import layer.tar
expect_output 'in mine file new xx' box root --rm -l layer -- sh -c \
	'ls gone gone-file 2>/dev/null; echo $(ls opaque both again keep | grep -v :) $(cat late opaque/new)'
expect_output 'again both keep late opaque' box root --rm -l layer -- sh -c 'echo $(ls -d again both gone* keep late opaque 2>/dev/null)'
expect_status 0 box root --rm -l layer -- rm -r again both opaque keep
diff -r --no-dereference before root
