# needs: userns overlay mirror tool:dpkg-deb tool:Xvfb tool:xauth tool:xwd tool:xlogo
# timeout: 180
# A program of a Debian root draws its window from inside a box: the screen shows what it does when the machine's own one draws,
# pixel by pixel, and no window when it has ended. The root stays as it was.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/apt.sh"
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/x11.sh"
debian_root x11-apps
x11_server 96x80
logo=(xlogo -geometry 64x48+9+5 -bw 3 -fg '#4010a0' -bg '#e0f040' -bd '#c01030')

shows()
{
	x11_pixels >pixels
	cmp -s "$1" pixels
}
# The window and both of its colours are there, and nothing moves any more.
is_drawn()
{
	x11_pixels >logo
	[ "$(sort -u logo | grep -cE '^ (a0 10 40|40 f0 e0|30 10 c0) ')" -eq 3 ] && sleep 0.3 && shows logo
}
x11_pixels >empty
"${logo[@]}" &
window=$!
wait_until is_drawn
kill $window
wait $window || true
wait_until shows empty

# drawn PID: the nacre draws it, and is ended; its window goes with it.
drawn()
{
	wait_until shows logo
	kill -TERM "$1"
	wait "$1" || true
	wait_until shows empty
}
(cd debian && find . -printf '%p %y %m %s %T@ %l\n' | sort) >before
for options in "" "--net none --hostname elsewhere" --as-root; do
	# shellcheck disable=SC2086 # words
	nacre run -q --root debian $options --gui -- "${logo[@]}" &
	drawn $!
done
nacre enter dev --root debian --gui -- "${logo[@]}" &
drawn $!
(cd debian && find . -printf '%p %y %m %s %T@ %l\n' | sort) | diff -u before -
# It was Debian's program, and without --gui there is no display.
expect_status 0 nacre run -q --root debian -- test -x /usr/bin/xlogo -a -s /etc/debian_version
expect_status 1 nacre run -q --root debian -- xlogo
