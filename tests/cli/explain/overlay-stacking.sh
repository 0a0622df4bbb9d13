# needs: userns overlay
# An overlay of an overlay works, and is the last.
mkdir -p a b c one two
# shellcheck disable=SC2016 # for the inner shell
expect_error overlay-stacking unshare --user --map-root-user --mount sh -eu -c '
	mount -t overlay -o lowerdir=a:b,userxattr overlay one
	mount -t overlay -o lowerdir=one:c,userxattr overlay two
	exec nacre run -o /mnt,lower=two,tmp true'
