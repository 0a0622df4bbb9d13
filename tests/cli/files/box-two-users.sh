# needs: userns overlay
# A box is one run's at a time.
mkdir ready
mkfifo ready/go
nacre run -q -n mine -b "$T/ready" -- sh -c 'touch ready/now; cat ready/go >/dev/null' &
wait_until test -e ready/now
expect_status 125 nacre run -n mine -- true
expect_match 'mine'
expect_no_match '\[bug\]'
echo >ready/go
wait $!
