# needs: userns tool:python3
# --lock-file: a lock for reading as long as the sandbox is there, on a file of the sandbox.
touch file
lock='import fcntl,sys; fcntl.lockf(open("file","r+"), fcntl.LOCK_EX|fcntl.LOCK_NB)'
python3 -c "$lock"
mkfifo go
nacre as bwrap --ro-bind / / --lock-file "$T/file" --dev /dev sh -c 'echo on; read -r line <&9' 9<>go >out &
wait_until grep -q on out
! python3 -c "$lock" 2>/dev/null || fail "it is not locked"
echo go >go
wait
python3 -c "$lock" || fail "it is still locked"
expect_status 1 nacre as bwrap --ro-bind / / --lock-file /no/such/file true
