# needs: userns overlay
# Defect 18: an absolute WAYLAND_DISPLAY was bound onto itself outside; ",guid=" became part of the bus's path; DISPLAY=:0.0 gave
# the box all displays; as root the runtime directory was looked for in /run/user/0.
# All at once, on a root directory, for a run and for both of two in a box that lives, by sockets that say who they are. Each
# in all its forms: desktop/display-forms, bus-forms, wayland and reached.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/live.sh"
small_root root
[ -d /tmp/.X11-unix ] || mkdir -m 1777 /tmp/.X11-unix
number=$((10000 + $$ % 50000))
mkdir -p elsewhere run/pulse
listen "/tmp/.X11-unix/X$number" "/tmp/.X11-unix/X$((number + 1))" elsewhere/wayland-7 run/wayland-7 run/bus run/pulse/native
# shellcheck disable=SC2064 # these, and who listens
trap "kill $! 2>/dev/null; rm -f /tmp/.X11-unix/X$number /tmp/.X11-unix/X$((number + 1))" EXIT
export DISPLAY=:$number.0 WAYLAND_DISPLAY=$T/elsewhere/wayland-7
export DBUS_SESSION_BUS_ADDRESS=unix:path=$T/run/bus,guid=0123456789abcdef0123456789abcdef
give=(--root "$T/root" "${host_programs[@]}" -b "$ANSWER" -e ANSWER --gui --dbus --audio)

# shellcheck disable=SC2016 # for the shell inside
look='
"$ANSWER" ask /tmp/.X11-unix/X* "$XDG_RUNTIME_DIR/$WAYLAND_DISPLAY" "${DBUS_SESSION_BUS_ADDRESS#unix:path=}" "${PULSE_SERVER#unix:}"
echo "$DISPLAY $XDG_RUNTIME_DIR $WAYLAND_DISPLAY $DBUS_SESSION_BUS_ADDRESS" $(stat -c %u:%a "$XDG_RUNTIME_DIR")'
seen()
{
	local dir=/run/user/$1

	printf '%s\n' "/tmp/.X11-unix/X$number" elsewhere/wayland-7 run/bus run/pulse/native \
		":$number.0 $dir wayland-0 unix:path=$dir/bus $1:700"
}
uid=$(id -u)
expect_output "$(seen "$uid")" nacre run -q "${give[@]}" -- sh -c "$look"
expect_output "$(seen 0)" nacre run -q "${give[@]}" --as-root -- sh -c "$look"
nacre start -q user "${give[@]}"
expect_output "$(seen "$uid")" nacre enter user "${give[@]}" -- sh -c "$look"
expect_output "$(seen "$uid")" nacre enter user "${give[@]}" -- sh -c "$look"
nacre stop user
expect_output "$(seen 0)" nacre enter root "${give[@]}" --as-root -- sh -c "$look"

# Nothing of it was made in the root, nor kept in a box.
[ -z "$(find root -name '*wayland*' -o -name '*X11*' -o -name run -o -path '*home*')" ] || fail "made in the root: $(find root)"
[ -z "$(nacre status --name-only user)$(nacre status --name-only root)" ] || fail 'it is a change of the box'
