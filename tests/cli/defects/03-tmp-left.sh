# needs: userns overlay
# Defect 3: what was made for tmp was left, as it could not be deleted, and after mistakes and signals. Now it is in memory.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
mkdir m low other
mkdir -p low/dir/sub
export TMPDIR="$T/other"
for end in true false 'kill -9 $$' 'kill -TERM $$' 'chmod 0 m/dir; rm -rf m/dir' 'mkdir m/sealed; chmod 0 m/sealed'; do
	keep overlayns -o m,lowerdir=low,tmp sh -c "rmdir m/dir/sub; echo x >m/x; $end"
done
keep overlayns -o m,lowerdir=low,tmp -o
keep overlayns -o m,lowerdir=low,tmp -m tmpfs,none,none true
keep overlayns -o m,lowerdir=low,tmp none
[ -z "$(names other)$(names m)" ] || fail "something was left: $(names other)$(names m)"
[ -d low/dir/sub ] || fail "the layer was written"
# What the kernel left in a work directory of the user's, mode 000, goes as well.
mkdir up work
expect_status 0 overlayns -o m,lowerdir=low,upperdir=up,workdir=work touch m/new
[ -z "$(names work)" ] || fail "in the work directory: $(names work)"
