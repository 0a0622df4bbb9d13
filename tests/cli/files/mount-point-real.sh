# needs: userns overlay
# Writes made for real, and a mount point that is missing: nothing is made outside, and only the directory that lacks it takes no
# new names; what is in it, above it and beside it is written as ever.
mkdir -p d/dir beside
echo one >d/file
ln -s file d/link
expect_status 0 nacre run --rw --tmpfs "$T/d/new/deep" -- sh -c '
	set -e
	[ "$(cat d/link)" = one ]
	echo two >>d/link
	: >d/dir/made
	: >beside/made
	: >made
	: >d/new/deep/gone
	! touch d/made 2>/dev/null
'
[ "$(cat d/file)" = "one
two" ] || fail "the file was not written: $(cat d/file)"
[ "$(names d)" = "dir file link " ] || fail "in the directory: $(names d)"
[ -e d/dir/made ] && [ -e beside/made ] && [ -e made ] || fail "something was not made for real"

# mkdir=require makes it as well, and what the user puts over the directory afterwards is left alone.
expect_status 0 nacre run --rw -m tmpfs,none,d/new,mkdir=require -- sh -c ': >d/new/gone'
expect_error mount-point-exists nacre run --rw -m tmpfs,none,d/dir,mkdir=require -- true
expect_error mount-point-missing nacre run --rw -m tmpfs,none,d/new,mkdir=never -- true
expect_status 0 nacre run --rw --tmpfs d/new -b d/dir:d -- sh -c ': >d/over'
[ -e d/dir/over ] || fail "the bind over it was made read-only"
nacre run --rw --dry-run --tmpfs d/new -- true | grep -qF "$T/d is read-only: it lacks a mount point" || fail "the plan does not say it"

# Whatever links lead there.
ln -s d through
for writes in host deny; do
	expect_status 0 nacre run --writes $writes --tmpfs through/new -- sh -c '[ -d d/new ] && : >through/new/gone'
done
[ "$(names d)" = "dir file link " ] || fail "in the directory: $(names d)"
