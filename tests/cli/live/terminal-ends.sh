# needs: userns overlay tool:tmux
# However it ends, the caller's terminal is as it was, and nothing is left: signals, stop, a killed keeper, a killed nacre, a hangup.
small_root root
echo 'echo $$ >pid; exec nacre enter dev --root root '"${host_programs[*]}"' -- "$@"' >e
no_box()
{
	wait_until [ ! -e "$HOME/.local/state/nacre/boxes/dev/door" ]
}
open()
{
	terminal_clear
	terminal_type "stty -g >before; sh e sh -c 'echo re\"\"ady; $1'; echo left \$?; stty -g | cmp - before && echo sa\"\"me" Enter
	wait_until terminal_shows '^ready'
}
left()
{
	wait_until terminal_shows "^left $1"
	wait_until terminal_shows '^same'
}
terminal_open
open 'exec sleep 60'
kill -TERM "$(cat pid)"
left 143
no_box
open 'trap "exit 5" TERM; while :; do sleep 0.05; done'
kill -TERM "$(cat pid)"
left 5
open 'kill -KILL $$'
left 137
open 'stty raw -echo; exec sleep 60'
expect_status 0 nacre stop dev
left 143
open 'trap "" TERM; while :; do sleep 1; done'
expect_status 0 nacre stop --grace 0.1 dev
left 137
open 'exec sleep 60'
kill -KILL "$(sed -n 's/^keeper \([0-9]*\) .*/\1/p' "$HOME/.local/state/nacre/boxes/dev/live")"
left 137
# One that is stopped with its nacre does not hold up the end of the box, and ends with it.
open 'kill -STOP $$'
wait_until terminal_shows 'Stopped'
expect_status 0 timeout 5 nacre stop --grace 0.1 dev
wait_until [ ! -e "/proc/$(cat pid)" ]
# The shell tells at its next prompt.
terminal_type '' Enter
wait_until terminal_shows 'Exit 1(37|43)'
terminal_clear
terminal_type 'stty -g | cmp - before && echo sa""me' Enter
wait_until terminal_shows '^same'
# No such command, and a directory that is none.
terminal_clear
terminal_type 'sh e no-such-command; echo left $?; stty -g | cmp - before && echo sa""me' Enter
left 127
# A killed nacre takes its command and what is in the foreground with it.
open 'bash --norc --noprofile -ic "sleep 60; true"'
kill -KILL "$(cat pid)"
wait_until terminal_shows '^left 137'
no_box
# So does a terminal that is closed.
terminal_type 'reset' Enter
open 'exec sleep 60'
trap - EXIT
tmux -S "$T/tmp/tmux" kill-server
no_box
