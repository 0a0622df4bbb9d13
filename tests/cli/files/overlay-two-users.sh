# needs: userns overlay
# An upper is one run's at a time: the second is refused and says by whom it is used.
small_root root
mkdir low up ready
mkfifo ready/go
box root -o /o,lower=low,upper=up -b ready:/ready -- sh -c 'touch /ready/now; cat /ready/go >/dev/null; touch /o/end' &
wait_until test -e ready/now
expect_status 125 box root -o /o,lower=low,upper=up -- true
expect_match 'up'
expect_match 'process [0-9]+'
echo >ready/go
wait $!
[ -e up/end ] || fail "the first was disturbed"
expect_status 0 box root -o /o,lower=low,upper=up -- true
