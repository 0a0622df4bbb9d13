# needs: userns
# --block-fd: the command begins when something can be read, or at the end of the file.
mkfifo gate
nacre as bwrap --ro-bind / / --block-fd 10 echo begun 10<>gate >out &
sleep 0.3
[ ! -s out ] || fail "it did not wait"
echo >gate
wait
[ "$(cat out)" = begun ] || fail "it never began"
expect_output begun nacre as bwrap --ro-bind / / --block-fd 10 echo begun 10</dev/null
