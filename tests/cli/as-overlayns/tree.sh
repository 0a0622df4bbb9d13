# needs: userns outside
# The host's tree stays as it is: every mount with its flags, nothing hidden, what is written is real.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
mounts()
{
	cut -d' ' -f 5,6 /proc/self/mountinfo | sort
}
mounts >tmp/outside
overlayns cut -d' ' -f 5,6 /proc/self/mountinfo | sort >tmp/inside
diff tmp/outside tmp/inside
expect_status 0 overlayns touch made
[ -e made ] || fail "it was not made for real"
# nacre's own boxes too.
nacre run -q -n box touch change
expect_output box overlayns ls "$XDG_STATE_HOME/nacre/boxes"
nacre rm --all
# With mounts on top, the rest is the same.
mkdir a
overlayns -m tmpfs,none,a cut -d' ' -f 5,6 /proc/self/mountinfo | sort >tmp/inside
diff tmp/outside <(grep -v "^$T/a " tmp/inside)
