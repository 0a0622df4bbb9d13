# needs: userns tool:ip
# -N: a network of its own, with a loopback device that is up and nothing else; without it, the caller's.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
expect_status 0 overlayns -N ip -o link
expect_match '^1: lo: <LOOPBACK,UP,LOWER_UP>'
expect_no_match '^[2-9].*(UP|eth|wl)'
[ "$(readlink /proc/self/ns/net)" = "$(overlayns readlink /proc/self/ns/net)" ] || fail "a network of its own without -N"
