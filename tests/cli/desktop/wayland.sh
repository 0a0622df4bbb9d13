# needs: userns overlay tool:weston tool:wayland-info
# A compositor tells a client in a box what it can, by its name and by its path.
weston --backend=headless-backend.so --socket=mine --idle-time=0 >server 2>&1 &
server=$!
trap 'kill $server; wait $server || :' EXIT
wait_until test -S "$XDG_RUNTIME_DIR/mine"
small_root root
for display in mine "$XDG_RUNTIME_DIR/mine"; do
	export WAYLAND_DISPLAY=$display
	expect_status 0 nacre run -q --gui --net none -- wayland-info
	expect_match 'wl_compositor'
	expect_status 0 box root -q --gui -- wayland-info
	expect_match 'wl_compositor'
	expect_status 0 box root -q --as-root --gui -- wayland-info
	expect_match 'wl_compositor'
	expect_output wayland-0 box root -q --gui -- sh -c 'echo $WAYLAND_DISPLAY'
	expect_output "$display" nacre run -q --gui -- sh -c 'echo $WAYLAND_DISPLAY'
done
expect_status 255 nacre run -q -- wayland-info
