# needs: userns overlay
# What the options make in the box is no change of the box.
small_root root
expect_status 0 box root --dir /d --symlink to /l --file /f=text --tmpfs /t -- true
[ ! -s "$T/tmp/stderr" ] || fail "it said: $(cat "$T/tmp/stderr")"
[ -z "$(ls home/.local/state/nacre/boxes 2>/dev/null)" ] || fail "a box was kept"
