# needs: userns overlay tool:setfattr
# What the box saw was a layer's file, over a directory that hides the base's: of the base's own the commit asks the base.
small_root root
mkdir -p root/d layer/d
echo base >root/d/file
echo layer >layer/d/file
setfattr -n user.overlay.opaque -v y layer/d
expect_status 0 nacre run --quiet -n dev --root root "${host_programs[@]}" -l "$T/layer" -- \
	sh -c 'echo box >/d/file'
sleep 0.05
echo other >root/d/file
expect_status 1 nacre commit dev
expect_match 'conflict  /d/file: changed since the box began'
expect_output 'other' cat root/d/file
expect_status 0 nacre commit --force dev
expect_output 'box' cat root/d/file
expect_status 0 nacre undo
expect_output 'other' cat root/d/file
