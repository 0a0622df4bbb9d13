# needs: userns overlay
# Exit statuses: the command's own, 128 and the signal, and what was wrong otherwise.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
mkdir m low
for status in 0 1 7 22 33 41 125 255; do
	expect_status $status overlayns -m tmpfs,none,m sh -c "exit $status"
	expect_status $status overlayns -o m,lowerdir=low,tmp sh -c "exit $status"
done
for signal in 1 2 9 15; do
	expect_status $((128 + signal)) overlayns -o m,lowerdir=low,tmp sh -c "kill -$signal \$\$"
	expect_status $((128 + signal)) overlayns sh -c "kill -$signal \$\$"
done
expect_status 1 overlayns -q true
expect_error 22 usage-no-command overlayns
expect_error 22 usage-no-command overlayns -m tmpfs,none,m
expect_error 22 usage-no-command overlayns --
for spec in '' tmpfs tmpfs,none 'tmpfs,none,' ',,'; do
	expect_status 33 overlayns -m "$spec" true
	expect_match '^overlayns: '
done
for spec in '' ',' m 'm,lowerdir=' 'm,lowerdir' m,shadow=1,lowerdir=low; do
	expect_status 33 overlayns -o "$spec" true
done
expect_status 41 overlayns -m tmpfs,none,none true
expect_status 41 overlayns -o none,lowerdir=low true
expect_status 41 overlayns -m ,none,none,remount,ro true
# A mount that is refused, a namespace that cannot be had.
expect_status 125 overlayns -m bind,none,m true
expect_status 125 overlayns -m nosuchfs,none,m true
expect_status 125 "$REFUSE" clone:EPERM,clone3:EPERM,unshare:EPERM -- nacre as overlayns true
expect_match '^overlayns: cannot make the namespaces'
# The command cannot be started.
expect_error 127 command-not-found overlayns nothing-of-that-name
touch plain
expect_error 126 command-not-executable overlayns ./plain
