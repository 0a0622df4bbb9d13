# needs: userns overlay
# A removal that cannot end: what is left is no box any more, and gc goes on with it.
boxes=$XDG_STATE_HOME/nacre/boxes
nacre run -q -n fix sh -c 'mkdir -p deep/er; touch deep/er/file'
place=$(find "$boxes/fix/upper" -name er)
# shellcheck disable=SC2016 # for the inner shell
expect_error box-not-removed unshare --user --map-root-user --mount sh -c \
	'mount -t tmpfs none "$1" && exec nacre rm fix' sh "$place"
expect_match '^nacre: cannot remove the box fix: something is mounted there$'
expect_match 'it stopped at .*deep/er'
expect_error box-unknown nacre rm fix
expect_status 0 nacre gc
expect_match '^removed: box fix, .*, what a removal left$'
[ -z "$(ls -A "$boxes")" ]

# The same for gc: it tells what it could not remove, and goes on with the rest.
mkdir -p "$boxes/.removed-a/mounted" "$boxes/.removed-b"
# shellcheck disable=SC2016
expect_status 125 unshare --user --map-root-user --mount sh -c \
	'mount -t tmpfs none "$1" && exec nacre gc' sh "$boxes/.removed-a/mounted"
expect_match '^removed: box b, '
expect_match 'something is mounted there'
[ "$(ls -A "$boxes")" = .removed-a ]
nacre gc
