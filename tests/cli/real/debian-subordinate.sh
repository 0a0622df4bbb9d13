# needs: user userns overlay range mirror tool:mmdebstrap outside
# timeout: 300
# A root that mmdebstrap makes for a plain user belongs to subordinate ids: root of the box owns it, apt works over it and
# leaves it alone, and with --rw what apt writes belongs to the tree's own root.
mmdebstrap --variant=apt bookworm deb >log 2>&1 || { cat log; fail 'mmdebstrap failed'; }
trap 'nacre run -q --rw --as-root -- rm -rf "$T/deb"; chmod -R u+rwX "$T"' EXIT
expect_output '0 0' nacre run -q --rm --root deb --as-root -- stat -c '%u %g' /
install='apt-get update -qq && apt-get install -y -qq hello >/dev/null 2>&1 && hello'
expect_output 'Hello, world!' nacre run -q --rm --root deb --as-root -- sh -c "$install"
[ ! -e deb/usr/bin/hello ] || fail 'the root was written'
expect_output 'Hello, world!' nacre run -q --rw --root deb --as-root -- sh -c "$install"
[ "$(stat -c %u deb/usr/bin/hello)" -eq "$(stat -c %u deb/usr/bin)" ] || fail 'the owner differs'
