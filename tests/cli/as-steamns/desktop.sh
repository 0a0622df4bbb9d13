# needs: userns
# The sockets of the desktop at their usual places, with variables that lead to them, whatever the form of those outside; what is
# not there is left out. TMPDIR is /tmp. Nothing of it with -G.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
steam_root root
[ -d /tmp/.X11-unix ] || mkdir -m 1777 /tmp/.X11-unix
number=$((10000 + $$ % 50000))
mkdir -p elsewhere run/pulse
listen "/tmp/.X11-unix/X$number" "/tmp/.X11-unix/X$((number + 1))" elsewhere/wayland-7 run/wayland-0 run/bus run/pulse/native run/pipewire-0
# shellcheck disable=SC2064 # these, and who listens
trap "kill $! 2>/dev/null; rm -f /tmp/.X11-unix/X$number /tmp/.X11-unix/X$((number + 1))" EXIT
uid=$(id -u)
dir=/run/user/$uid
export TMPDIR=$T/tmp

# asked WANT VARIABLE=VALUE… -- OPTION…: who answers at these, one a line.
# shellcheck disable=SC2016 # for the shell inside
look='
answer ask /tmp/.X11-unix/* "$XDG_RUNTIME_DIR/${WAYLAND_DISPLAY-}" "${DBUS_SESSION_BUS_ADDRESS#unix:path=}" "${PULSE_SERVER#unix:}" "$PIPEWIRE_REMOTE"
echo "$DISPLAY $XDG_RUNTIME_DIR ${WAYLAND_DISPLAY-} $DBUS_SESSION_BUS_ADDRESS $PULSE_SERVER $PIPEWIRE_REMOTE $TMPDIR" $(stat -c %a /tmp/.X11-unix)'
rest="run/bus
run/pulse/native
run/pipewire-0"
said()
{
	echo "$1 $2 wayland-0 unix:path=$2/bus unix:$2/pulse/native $2/pipewire-0 /tmp 1777"
}
for display in :$number :$number.0 unix:$number unix/:$number.1; do
	screen=${display##*"$number"}
	expect_output "/tmp/.X11-unix/X$number
run/wayland-0
$rest
$(said ":$number$screen" "$dir")" env DISPLAY="$display" steamns -p root sh -c "$look"
done
# As root in there; an absolute WAYLAND_DISPLAY; the address of a bus with its guid.
export DISPLAY=:$number
expect_output "/tmp/.X11-unix/X$number
elsewhere/wayland-7
$rest
$(said ":$number" /run/user/0)" env WAYLAND_DISPLAY="$T/elsewhere/wayland-7" \
	DBUS_SESSION_BUS_ADDRESS="unix:path=$T/run/bus,guid=0123456789abcdef" PULSE_SERVER="unix:$T/run/pulse/native" \
	steamns -rp root sh -c "$look"
# All displays.
expect_output "/tmp/.X11-unix/X$number
/tmp/.X11-unix/X$((number + 1))" env KONS_BIND_X11=all DISPLAY=:0.0 steamns -p root answer ask "/tmp/.X11-unix/X$number" "/tmp/.X11-unix/X$((number + 1))"
expect_output "/tmp/.X11-unix/X$number" env -u DISPLAY KONS_BIND_X11=all steamns -p root answer ask "/tmp/.X11-unix/X$number"
expect_output "$DISPLAY" env KONS_BIND_X11=all steamns -p root sh -c 'echo $DISPLAY'
# One alone, or none.
expect_status 0 steam test ! -e "/tmp/.X11-unix/X$((number + 1))"
for display in '' host:0 nonsense; do
	expect_status 1 env DISPLAY=$display steamns -p root test -e "/tmp/.X11-unix/X$number"
done
# With the host's root the same.
mkdir -p "root$T/home"
cp "$ANSWER" "root$T/home/answer"
# shellcheck disable=SC2016 # for the shell inside
expect_output "/tmp/.X11-unix/X$number
run/wayland-0
run/bus" env HOME="$T/home" steamns -Hp root sh -c '"$HOME/answer" ask /tmp/.X11-unix/* "$XDG_RUNTIME_DIR/$WAYLAND_DISPLAY" "${DBUS_SESSION_BUS_ADDRESS#unix:path=}"'
rm -r "root$T/home"
# Nothing of it.
expect_output "$T/tmp $dir" env XDG_RUNTIME_DIR="$dir" steamns -G -p root sh -c 'echo "$TMPDIR $XDG_RUNTIME_DIR"'
expect_status 0 steam -G test ! -e /tmp/.X11-unix -a ! -e /run/user
# Where there is nothing, the command runs all the same, and nothing was made in the root.
expect_output /tmp env -u DISPLAY XDG_RUNTIME_DIR="$T/nowhere" steamns -p root sh -c 'echo $TMPDIR'
[ -z "$(find root -name '*wayland*' -o -name '*X11*' -o -name user -o -name bus -o -name '*pulse*' -o -name .Xauthority)" ] || fail "made in the root: $(find root -name '*wayland*' -o -name bus)"
