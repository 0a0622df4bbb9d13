# needs: userns overlay tool:tmux tool:less
# A command at a terminal is a job as outside: Ctrl-Z stops it and nacre, fg and bg go on with both, and it can begin in the background.
small_root root
seq 500 >root/lines
echo 'nacre enter dev --root root '"${host_programs[*]}"' -- "$@"' >e
terminal_open
terminal_type 'stty -g >before; e() { sh e "$@"; }; ready() { stty -g | cmp - before && echo sa""me; }' Enter
terminal_clear
terminal_type 'e less /lines' Enter
wait_until terminal_shows '^39'
terminal_type C-z
wait_until terminal_shows 'Stopped'
terminal_clear
terminal_type 'ready' Enter
wait_until terminal_shows '^same'
terminal_clear
terminal_type 'fg' Enter
wait_until terminal_shows '^39'
tmux -S "$T/tmp/tmux" resize-window -x 90 -y 30
wait_until terminal_shows '^29'
terminal_type G
wait_until terminal_shows '^500'
terminal_type q
terminal_clear
terminal_type 'echo left $?; ready' Enter
wait_until terminal_shows '^left 0'
wait_until terminal_shows '^same'
# Stopped by itself, and gone on with in the background; what it prints is shown.
terminal_clear
terminal_type "e sh -c 'kill -STOP \$\$; echo went on; sleep 0.3; exit 6'" Enter
wait_until terminal_shows 'Stopped'
terminal_clear
terminal_type 'bg; wait %1; echo left $?; ready' Enter
wait_until terminal_shows '^went on'
wait_until terminal_shows '^left 6'
wait_until terminal_shows '^same'
# In the background from the beginning.
terminal_clear
terminal_type 'e sleep 0.3 & wait %1; echo left $?' Enter
wait_until terminal_shows '^left 0'
# Who wants to read there is stopped until he is brought to the front.
terminal_clear
terminal_type "e sh -c 'read word; echo got \$word' &" Enter
sleep 0.3
terminal_type 'jobs' Enter
wait_until terminal_shows 'Stopped'
terminal_type 'fg' Enter
sleep 0.3
terminal_type 'something' Enter
wait_until terminal_shows '^got something'
# Brought there while it runs: the shell sends no signal then.
terminal_clear
terminal_type "e sh -c 'sleep 0.5; read word; echo got \$word' &" Enter
terminal_type 'fg' Enter
sleep 0.8
terminal_type 'else' Enter
wait_until terminal_shows '^got else'
terminal_clear
terminal_type 'e sleep 60 &' Enter
sleep 0.3
terminal_type 'fg' Enter
sleep 0.3
terminal_type C-c
terminal_type 'echo left $?; ready' Enter
wait_until terminal_shows '^left 130'
wait_until terminal_shows '^same'
# All of a group is stopped, so the shell behind a waiting one gets the terminal.
terminal_clear
terminal_type '(e sleep 60; true)' Enter
sleep 0.5
terminal_type C-z
wait_until terminal_shows 'Stopped'
terminal_type 'kill %1; fg' Enter
terminal_clear
terminal_type 'ready' Enter
wait_until terminal_shows '^same'
