# needs: userns overlay tool:tmux
# Two terminals in one box: the same processes and files, each with a terminal of its own; stop ends both, and so does the keeper's death.
small_root root
echo 'PS1="in> " nacre enter dev --root root '"${host_programs[*]}"' -- bash --norc --noprofile -i; echo left $?' >e
terminal_open
tmux_case()
{
	tmux -S "$T/tmp/tmux" "$@"
}
tmux_case split-window -t 0 "PS1='> ' exec bash --norc --noprofile -i"
pane_type()
{
	tmux_case send-keys -t "$1" "$2" Enter
}
pane_shows()
{
	tmux_case capture-pane -p -t "$1" | grep -qE -e "$2"
}
both()
{
	for pane in 0 1; do
		wait_until pane_shows ":.$pane" "$1"
	done
}
begin()
{
	pane_type :.0 'clear; sh e'
	pane_type :.1 'clear; sh e'
	both '^in>'
}
begin
pane_type :.0 'tty >/first; echo $$ >/shell'
pane_type :.1 'clear; until test -s /shell; do sleep 0.02; done; kill -0 $(cat /shell) && echo a""live; [ $(tty) != $(cat /first) ] && [ -c $(cat /first) ] && echo ow""n'
wait_until pane_shows :.1 '^alive'
wait_until pane_shows :.1 '^own'
# An interactive shell takes no SIGTERM.
expect_status 0 nacre stop --grace 0.2 dev
both 'left 137'
begin
kill -KILL "$(sed -n 's/^keeper \([0-9]*\) .*/\1/p' "$HOME/.local/state/nacre/boxes/dev/live")"
both 'left 137'
begin
pane_type :.0 'exec sleep 60'
pane_type :.1 'exec sleep 60'
wait_until sh -c '[ "$(pgrep -cf "^sleep 60")" -ge 2 ]'
expect_status 0 nacre stop dev
both 'left 143'
