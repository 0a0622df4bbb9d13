# needs: userns overlay tool:cage tool:Xwayland tool:wayland-info
# A compositor tells a client in a box what it can, by its name and by its path.
server_dir=$T/server
mkdir -m 700 "$server_dir"
as=()
if [ "$(id -u)" -eq 0 ]; then
	# It refuses to be root.
	as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
	chown 65534:65534 "$server_dir"
	chmod 711 "$T"
fi
(cd / && XDG_RUNTIME_DIR=$server_dir WLR_BACKENDS=headless WLR_RENDERER=pixman WLR_LIBINPUT_NO_DEVICES=1 \
	exec "${as[@]}" cage -- sh -c 'echo $WAYLAND_DISPLAY >$XDG_RUNTIME_DIR/name; while kill -0 $PPID; do sleep 0.2; done') >server.log 2>&1 &
server=$!
trap 'kill $server; wait $server || :' EXIT
wait_until test -s "$server_dir/name"
XDG_RUNTIME_DIR=$server_dir
export XDG_RUNTIME_DIR
name=$(cat "$server_dir/name")
small_root root
for display in "$name" "$server_dir/$name"; do
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
