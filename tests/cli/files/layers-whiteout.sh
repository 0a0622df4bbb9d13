# needs: userns overlay
# What a box deleted stays deleted in it, and a directory made anew hides the one of the base.
small_root root
mkdir -p root/dir/sub root/gone
touch root/dir/old root/gone/file root/file
expect_status 0 box root -n mine -- sh -c 'rm -r /dir /gone /file; mkdir /dir; touch /dir/new'
expect_output 'new' box root -n mine -- ls -A /dir
expect_status 0 box root -n mine -- sh -c '! test -e /gone && ! test -e /file'
[ -e root/dir/old ] && [ -e root/gone/file ] && [ -e root/file ] || fail "the root was changed"
