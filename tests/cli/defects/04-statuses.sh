# needs: userns overlay
# Defect 4: a command that a signal had ended gave status 0 (overlayns), and nsroot's status was a pid.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
small_root root
mkdir m low
for signal in 1 2 3 6 9 11 15; do
	ulimit -c 0
	expect_status $((128 + signal)) overlayns sh -c "kill -$signal \$\$"
	expect_status $((128 + signal)) overlayns -o m,lowerdir=low,tmp sh -c "kill -$signal \$\$"
	expect_status $((128 + signal)) nsroot_in root -- sh -c "kill -$signal \$\$"
	expect_status $((128 + signal)) nsroot_in root -M "0 $(id -u) 1" -- sh -c "kill -$signal \$\$"
done
for status in 0 1 179; do
	expect_status $status nsroot_in root -- sh -c "exit $status"
	expect_status $status nsroot_in root -M "0 $(id -u) 1" -- sh -c "exit $status"
done
