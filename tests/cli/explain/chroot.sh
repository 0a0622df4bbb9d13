# needs: userns tool:chroot
# In a chroot no user namespace can be made; one into the root of a mount cannot be told from none.
in_chroot()
{
	unshare --user --map-root-user --mount sh -eu -c "$1"'; shift; exec chroot new "$@"' sh "$@"
}

mkdir -p new
# shellcheck disable=SC2016 # for the inner shell
expect_error userns-chroot in_chroot '
	for dir in /*/; do
		[ ! -L "${dir%/}" ] || { cp -P "${dir%/}" new; continue; }
		mkdir "new$dir"
		mount --rbind "$dir" "new$dir"
	done' "$NACRE" run true
expect_error userns-refused in_chroot 'mount --rbind / new' "$NACRE" run true
