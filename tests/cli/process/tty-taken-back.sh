# needs: userns overlay tool:tmux
# When a shell with the terminal is killed, the caller has the terminal again.
terminal_open
terminal_type "nacre run --rm -e PS1='in> ' -- bash --norc --noprofile -i" Enter
wait_until terminal_shows '^in>'
terminal_type 'bash -c "kill -9 $$; sleep 0.1"' Enter
wait_until terminal_shows '^> *$'
terminal_type 'echo ok''ay $?' Enter
wait_until terminal_shows '^okay 137'
