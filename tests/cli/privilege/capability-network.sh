# needs: userns overlay tool:ip
# With a network of its own and net_admin the command can change it; without, it cannot.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
change='ip link set lo down && ip link set lo up && ip addr add 10.1.2.3/32 dev lo && ip -o addr show lo'
expect_status 0 nacre run --rm --net none --cap-add net_admin -- sh -c "$change"
expect_match 'inet 127\.0\.0\.1/8'
expect_match 'inet 10\.1\.2\.3/32'
expect_status 2 nacre run --rm --net none -- sh -c "$change"
expect_status 2 nacre run --rm --cap-add net_admin -- sh -c "$change"
small_root root
expect_status 0 nsroot_in root -n -M "0 $(id -u) 1" -- sh -c "$change"
expect_match 'inet 10\.1\.2\.3/32'
