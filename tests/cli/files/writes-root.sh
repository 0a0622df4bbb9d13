# needs: userns overlay
# Writes on a root directory: kept and dropped ones never reach it, denied ones fail, host ones do.
small_root root
cp -a root before
expect_status 0 box root --writes keep -- touch /etc/new
expect_match '1 change kept in box'
diff -r --no-dereference before root
expect_status 0 box root --writes drop -- sh -c 'touch /etc/new; rm /etc/file'
diff -r --no-dereference before root
[ "$(find home/.local/state/nacre/boxes -mindepth 1 -maxdepth 1 | wc -l)" = 1 ] || fail "a box too many"
expect_status 0 box root --writes deny -- sh -c '! touch /etc/new 2>/dev/null'
diff -r --no-dereference before root
expect_status 0 box root --writes host -- touch /etc/new
[ -e root/etc/new ] || fail "it was not written"
