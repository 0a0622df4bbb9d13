# needs: userns overlay
# With --rw the command writes for real, and what the options make is still made in the box only.
small_root root
cp -a root before
expect_output 'base' box root --rw --dir /etc/d --dir /x --symlink to /etc/l -- sh -c 'test -d /etc/d && test -d /x && cat /etc/file'
diff -r --no-dereference before root
expect_status 0 nacre run --rw --dir "$T/new" --dir /nacre-test-dir -- test -d "$T/new" -a -d /nacre-test-dir
[ ! -e new ] && [ ! -e /nacre-test-dir ] || fail "it was made on the host"
