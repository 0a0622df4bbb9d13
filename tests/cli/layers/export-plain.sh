# needs: archive userns overlay tool:getfattr
# --plain: a directory as the box saw it, all of it, without whiteouts.
small_root root
mkdir -p root/d/sub root/d/gone root/d/whole
echo base | tee root/d/a root/d/b root/d/sub/c root/d/gone/g >root/d/whole/w
mkdir layer layer/d
echo layer >layer/d/layered
box root -n fix -l layer -- sh -c 'cd d; echo more >>a; rm b; rm -r gone whole; mkdir whole; echo n >whole/n; ln a e; touch .wh.name'
expect_status 0 nacre export fix --plain /d -o d.tar
mkdir got want
tar -C got --xattrs -xpf d.tar
box root -n fix -l layer -b "$T:/t" -- cp -a /d/. /t/want
same_tree want got
expect_output './ n' sh -c 'echo $(nacre export -q fix --plain /d/whole -o - | tar -tf -)'
expect_status 125 nacre export fix --plain /d/gone -o x.tar
expect_match '^nacre: cannot read /d/gone of the box: No such file or directory$'
expect_status 125 nacre export fix --plain /d/a -o x.tar
nacre export -q fix --plain / -o all.tar
tar -tf all.tar >list
grep -qx d/layered list && grep -qx etc/file list && ! grep -qx d/b list
