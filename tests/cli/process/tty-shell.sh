# needs: userns overlay tool:tmux
# A shell in a box has jobs of its own; the terminal is given back afterwards.
terminal_open
terminal_type "nacre run --rm -e PS1='in> ' -- bash --norc --noprofile -i" Enter
wait_until terminal_shows '^in>'
! terminal_shows 'no job control' || fail "there is no job control"
terminal_type 'sleep 60' Enter
sleep 0.3
terminal_type C-z
wait_until terminal_shows 'Stopped.*sleep 60'
terminal_type 'fg' Enter
sleep 0.3
terminal_type C-c
sleep 0.2
terminal_type 'echo inner $?' Enter
wait_until terminal_shows 'inner 130'
terminal_type 'sleep 60 &' Enter
terminal_type 'jobs' Enter
wait_until terminal_shows 'Running *sleep 60'
terminal_type 'exit 7' Enter
terminal_type 'echo outer $?; cat </dev/tty' Enter
wait_until terminal_shows 'outer 7'
terminal_type 'typed' Enter
wait_until sh -c "[ \$(tmux -S '$T/tmp/tmux' capture-pane -p | grep -c '^typed') -eq 2 ]"
terminal_type C-d
