# needs: userns overlay tool:getfattr
# copyfrom fills an upper that is empty, and leaves one that is not.
small_root root
mkdir low up
hostile_tree from
expect_status 0 box root -o /o,lower=low,upper=up,copyfrom=from -- cat '/o/with space/file'
# The kernel's mark of an upper is not content.
setfattr -x user.overlay.uuid up 2>/dev/null || true
same_tree from up
echo mine >up/tool
expect_output mine box root -o /o,lower=low,upper=up,copyfrom=from -- cat /o/tool
