# What is not there is left out, and told with --verbose and in the plan; nothing at all is an error.
expect_error desktop-no-display nacre run --gui true
expect_match 'X11: DISPLAY is not set$'
expect_match "Wayland: $XDG_RUNTIME_DIR/wayland-0: No such file or directory$"
expect_error desktop-no-sound nacre run --audio true
expect_error desktop-no-bus nacre run --dbus true
expect_error desktop-no-bus env -u XDG_RUNTIME_DIR "$NACRE" run --dbus=session true
expect_match 'session bus: XDG_RUNTIME_DIR is not set$'
expect_error desktop-no-bus env XDG_RUNTIME_DIR=run "$NACRE" run --dbus true
expect_match 'session bus: XDG_RUNTIME_DIR is not an absolute path$'
export DBUS_SYSTEM_BUS_ADDRESS=unix:path=$T/none
expect_error desktop-no-system-bus nacre run --dbus=system true
expect_error desktop-no-display nacre run --gui --audio --dbus --dbus=system true
expect_match 'PulseAudio: '
expect_match 'PipeWire: '
expect_match "system bus: DBUS_SYSTEM_BUS_ADDRESS is unix:path=$T/none, and $T/none: No such file or directory$"
expect_error spec-value nacre run --dbus=none true

# An option with a part that is there, or beside one that is, is no error.
listen run/bus
expect_status 0 nacre run --gui --dbus true
expect_no_match .
expect_status 0 nacre run --verbose --gui --dbus true
expect_match '^nacre: left out: X11: DISPLAY is not set$'
expect_status 0 nacre run --dry-run --gui --dbus true
expect_match '^left out$'
