# needs: userns overlay tool:tmux tty
# With --unshare time each command has a time namespace of its own, whoever joins too.
outside=$(readlink /proc/self/ns/time)
expect_status 0 nacre start --unshare time clock
for how in "nacre enter clock" "nacre exec clock" "on_terminal nacre enter clock"; do
	inside=$($how readlink /proc/self/ns/time | tr -d '\r' | sed 's/\^@//')
	[[ $inside = time:* ]] || fail "$how: $inside"
	[ "$inside" != "$outside" ] || fail "$how: the one of outside"
done
expect_status 0 nacre stop clock
