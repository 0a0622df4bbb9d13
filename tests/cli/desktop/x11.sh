# needs: userns overlay tool:Xvfb tool:xauth tool:xsetroot tool:xwd tool:xdpyinfo
# A client in a box draws on the server outside, with the key to that display alone, whatever the box's
# host name is, and through the socket in the file system: --net none leaves no other way.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/x11.sh"
x11_server 64x64
other=:$(($(cat number) + 1))
xauth -q add "$(hostname)/unix$other" . 00112233 2>/dev/null
small_root root

expect_status 1 env XAUTHORITY=/dev/null xdpyinfo
colour=16
paint()
{
	local pixels

	colour=$((colour + 1))
	expect_status 0 "$@" xsetroot -solid "$(printf '#%02x40a0' $colour)"
	pixels=$(x11_pixels | sort -u)
	[ "$pixels" = "$(printf ' a0 40 %02x 00' $colour)" ] || fail "$*: the pixels are$pixels"
}

for options in "" "--hostname elsewhere" "--net none" "-u 4711" --as-root --rw --clear-env; do
	# shellcheck disable=SC2086 # words
	paint nacre run -q $options --gui --
	# shellcheck disable=SC2086
	paint box root -q $options --gui --
done
mkdir "$HOME/kept"
paint nacre run -q --only "$HOME/kept" --tmpfs /tmp/.X11-unix --gui --
for display in "unix$DISPLAY" "$DISPLAY.0" "unix/$DISPLAY"; do
	expect_status 0 env DISPLAY="$display" nacre run -q --gui --net none -- xdpyinfo
	expect_status 0 box root -q -e DISPLAY="$display" --gui --net none -- xdpyinfo
done
# Older clients know no path as a display; in a root it is a display with a number: 0, as to libxcb, whose key it then takes.
[ "$DISPLAY" != :0 ] || expect_status 0 box root -q -e DISPLAY="/tmp/.X11-unix/X${DISPLAY#:}.0" --gui --net none -- xdpyinfo

# The key of this display and no other, for any host name, for the command alone.
expect_output "1 600 $key" box root -q --hostname elsewhere --gui -- sh -c \
	'xauth -n list | wc -l | tr "\n" " "; stat -c %a "$XAUTHORITY" | tr "\n" " "; xauth -n list | sed "s/.* //"'
expect_output "1 $key" nacre run -q --gui -- sh -c 'xauth -n list | wc -l | tr "\n" " "; xauth -n list | sed "s/.* //"'
