# needs: userns
# Defect 18, steamns: -w outside the root led to the same path without /mnt; WAYLAND_DISPLAY with a path was bound onto itself outside;
# ",guid=" was part of the bus's path; DISPLAY=:0.0 gave all displays; with -r the sockets were looked for in /run/user/0.
# Each is right; as-steamns/desktop and workdir have every form.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
steam_root root
[ -d /tmp/.X11-unix ] || mkdir -m 1777 /tmp/.X11-unix
number=$((10000 + $$ % 50000))
mkdir -p elsewhere here
listen "/tmp/.X11-unix/X$number" "/tmp/.X11-unix/X$((number + 1))" elsewhere/wayland-7 run/bus
# shellcheck disable=SC2064 # these, and who listens
trap "kill $! 2>/dev/null; rm -f /tmp/.X11-unix/X$number /tmp/.X11-unix/X$((number + 1))" EXIT
export DISPLAY=:$number.0 WAYLAND_DISPLAY=$T/elsewhere/wayland-7 DBUS_SESSION_BUS_ADDRESS=unix:path=$T/run/bus,guid=0123456789abcdef
for options in "" -r "-D -j ns"; do
	# shellcheck disable=SC2086,SC2016 # words; for the shell inside
	expect_output "/tmp/.X11-unix/X$number
elsewhere/wayland-7
run/bus" steam $options sh -c 'answer ask /tmp/.X11-unix/* "$XDG_RUNTIME_DIR/$WAYLAND_DISPLAY" "${DBUS_SESSION_BUS_ADDRESS#unix:path=}"'
done
expect_output "/mnt$T/here" sh -c 'cd here && steamns -kwp "$T/root" pwd'
expect_status 50 sh -c 'cd here && steamns -wp "$T/root" pwd'
