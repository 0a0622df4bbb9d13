# needs: userns overlay
# Writes on the host's own tree: kept and dropped ones never reach it, denied ones fail, host ones do.
mkdir dir
expect_status 0 nacre run -- touch dir/keep
expect_match '^nacre: 1 change kept in box [a-z]+ '
expect_status 0 nacre run --rm -- touch dir/drop
[ ! -s "$T/tmp/stderr" ] || fail "it said something"
expect_status 0 nacre run --ro -- sh -c '! touch dir/deny 2>/dev/null'
expect_status 0 nacre run --rw -- touch dir/host
[ "$(ls dir)" = host ] || fail "there is $(ls dir)"
