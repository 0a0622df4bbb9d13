# needs: userns overlay
# --hostname names the box, and not the host.
before=$(uname -n)
expect_output pearl nacre run --rm --hostname pearl -- uname -n
expect_output "$before" nacre run --rm -- uname -n
[ "$(uname -n)" = "$before" ] || fail "the host is named $(uname -n)"
expect_status 125 nacre run --hostname "$(printf '%065d' 0)" -- true
