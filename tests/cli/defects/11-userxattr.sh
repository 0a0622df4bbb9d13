# needs: userns overlay user
# Defect 11: without userxattr, removing and renaming directories of a layer failed in a user namespace.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
mkdir -p m low/dir/sub low/other/sub up work
: >low/dir/sub/file
expect_status 0 overlayns -o m,lowerdir=low,upperdir=up,workdir=work \
	sh -c 'rm -r m/dir && mkdir m/dir && [ -z "$(ls m/dir)" ] && mv m/other m/moved && [ -d m/moved/sub ] && rmdir m/moved/sub'
[ "$(overlayns -o m,lowerdir=low,upperdir=up,workdir=work sh -c 'echo $(find m | sort)')" = 'm m/dir m/moved' ] || fail "the second time it differs"
expect_status 0 overlayns -o m,lowerdir=low,tmp sh -c 'rm -r m/dir && mv m/other m/moved && rm -r m/moved && [ -z "$(ls m)" ]'
[ -e low/dir/sub/file ] || fail "the layer was written"
