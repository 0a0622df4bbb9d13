# needs: userns overlay
# Defect 5: a command that could not be started gave status 255 and no message.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
small_root root
touch root/plain
# in_each COMMAND…: by overlayns, with nacre as the command's parent and without, and by nsroot.
in_each()
{
	expect_error "$@" overlayns "$command"
	expect_match "^overlayns: cannot run $command: "
	expect_error "$@" overlayns -o home,shadow,tmp "$command"
	expect_error "$@" nsroot_in root -v "$T/root:$T/root" -- "$command"
	expect_match "^nsroot: cannot run $command: "
}
command=nothing-of-that-name in_each 127 command-not-found
command=/no/such/file in_each 127 command-path-missing
command=$T/root/plain in_each 126 command-not-executable
command=/usr in_each 126 command-is-directory
