# needs: userns overlay
# Every socket that is given answers inside, with the host as base and on a root directory, whoever the
# command is there; through the base alone none does.
mkdir -p run/pulse home/.config/pulse
printf 'cookie' >home/.config/pulse/cookie
listen run/wayland-0 run/pulse/native run/pipewire-0 run/pipewire-0-manager run/bus display
small_root root
export DISPLAY=$T/display

# shellcheck disable=SC2016 # for the shell inside
bus='${DBUS_SESSION_BUS_ADDRESS#unix:path=}'
# shellcheck disable=SC2016
all='"$ANSWER" ask "$XDG_RUNTIME_DIR/$WAYLAND_DISPLAY" "${PULSE_SERVER#unix:}" "$PIPEWIRE_REMOTE" \
	"'$bus'"; cat "$PULSE_COOKIE"'
answers=$'run/wayland-0\nrun/pulse/native\nrun/pipewire-0\nrun/bus\ncookie'
for options in "" --rw --ro --rm --clear-env "-u 4711" --as-root; do
	# shellcheck disable=SC2086 # words
	expect_output "$answers" nacre run -q $options -e ANSWER --gui --audio --dbus -- sh -c "$all"
	# shellcheck disable=SC2086
	expect_output "$answers" box root -q $options -e ANSWER -b "$ANSWER" --gui --audio --dbus -- sh -c "$all"
done
expect_output display nacre run -q --gui -- sh -c '"$ANSWER" ask "$DISPLAY"'
expect_output "$(printf '%s\n' display :0 'X0 ')" box root -q -b "$ANSWER" --gui -- \
	sh -c '"$ANSWER" ask /tmp/.X11-unix/X0; echo $DISPLAY; ls /tmp/.X11-unix | tr "\n" " "'
expect_status 1 nacre run -q -- sh -c '"$ANSWER" ask "$XDG_RUNTIME_DIR/bus"'
expect_output 'Connection refused' sh -c 'nacre run -q -- "$ANSWER" ask run/pipewire-0-manager || :'

# The directory for them: the command's own, with nothing else in it, and the sockets' one with the mode that servers want.
expect_output "700 $(id -u) bus pipewire-0 pulse wayland-0 " box root -q --gui --audio --dbus -- sh -c \
	'stat -c "%a %u" "$XDG_RUNTIME_DIR" | tr "\n" " "; ls "$XDG_RUNTIME_DIR" | tr "\n" " "'
expect_output '700 0 /run/user/0' box root -q --as-root --dbus -- sh -c \
	'stat -c "%a %u" "$XDG_RUNTIME_DIR" | tr "\n" " "; echo $XDG_RUNTIME_DIR'
expect_output '700 4711 /run/user/4711' box root -q -u 4711 --dbus -- sh -c \
	'stat -c "%a %u" "$XDG_RUNTIME_DIR" | tr "\n" " "; echo $XDG_RUNTIME_DIR'
expect_output 1777 box root -q --gui -- stat -c %a /tmp/.X11-unix

# None of it is left in the root, nor a change.
expect_output $'bin\netc\nlib\nlib32\nlib64\nlibx32\nsbin\nusr' sh -c \
	'{ ls root; printf "%s\n" bin lib lib32 lib64 libx32 sbin; } | sort -u'
expect_status 0 box root --gui --audio --dbus -- true
expect_no_match kept

# What the user puts over their places does not cover them.
expect_output "$answers" nacre run -q --tmpfs "$XDG_RUNTIME_DIR" --only "$T/home/.config" -e ANSWER --gui --audio --dbus \
	-- sh -c "$all"
expect_output run/bus box root -q -b "$ANSWER" --tmpfs /run --dbus -- sh -c "\"\$ANSWER\" ask \"$bus\""
