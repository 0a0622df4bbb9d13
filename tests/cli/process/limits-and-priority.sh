# needs: userns overlay
# Limits, priority and ignored signals are the caller's.
ulimit -n 123
expect_output 123 nacre run --rm -- sh -c 'ulimit -n'
expect_output $(($(nice) + 3)) nice -n 3 nacre run --rm -- nice
want=$(sh -c 'trap "" HUP; grep SigIgn /proc/self/status')
got=$(sh -c 'trap "" HUP; exec nacre run --rm -- grep SigIgn /proc/self/status')
[ "$got" = "$want" ] || fail "ignored: $got, not $want"
want=$(grep SigBlk /proc/self/status)
expect_output "$want" nacre run --rm -- grep SigBlk /proc/self/status
