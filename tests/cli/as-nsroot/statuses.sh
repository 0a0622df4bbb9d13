# needs: userns overlay
# Exit statuses: the command's own, 128 and the signal, and what was wrong otherwise.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
small_root root
for status in 0 1 7 125 179 255; do
	expect_status $status nsroot_in root -- sh -c "exit $status"
done
for signal in 1 2 9 15; do
	expect_status $((128 + signal)) nsroot_in root -- sh -c "kill -$signal \$\$"
done
expect_status 255 nsroot -x root true
expect_status 255 nsroot -v x root true
expect_status 255 nsroot -M x root true
expect_status 125 nsroot none true
expect_status 125 nsroot -v "$T/none:/etc" root true
expect_status 1 "$REFUSE" clone:EPERM,clone3:EPERM,unshare:EPERM -- nacre as nsroot root true
expect_match '^nsroot: cannot make the namespaces'
expect_status 127 nsroot_in root -- none
expect_status 126 nsroot_in root -- /etc
