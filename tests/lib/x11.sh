# SPDX-License-Identifier: MIT
# shellcheck shell=bash
#
# An X server without a screen, for cases that need tool:Xvfb, tool:xauth and tool:xwd.
#
#   x11_server WIDTHxHEIGHT   starts it with a key of its own; DISPLAY and XAUTHORITY lead to it, $key is its key; $x11_pid goes
#                             with the case
#   x11_pixels                what its screen shows, one pixel a line: blue, green, red and a byte of padding

x11_server()
{
	x11_bytes=$((4 * ${1%x*} * ${1#*x}))
	key=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
	export XAUTHORITY=$T/home/.Xauthority
	xauth -q -f server-keys add "$(hostname)/unix:0" . "$key" 2>/dev/null
	Xvfb -displayfd 1 -auth "$T/server-keys" -screen 0 "$1x24" -noreset -nolisten tcp \
		-nolisten local >number 2>server &
	x11_pid=$!
	# shellcheck disable=SC2064 # this pid
	trap "kill $x11_pid; wait $x11_pid || :" EXIT
	wait_until test -s number
	DISPLAY=:$(cat number)
	export DISPLAY
	xauth -q add "$(hostname)/unix$DISPLAY" . "$key" 2>/dev/null
}

# The head of the file goes before them.
x11_pixels()
{
	xwd -root -silent | tail -c "$x11_bytes" | od -An -v -tx1 -w4
}
