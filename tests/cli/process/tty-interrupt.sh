# needs: userns overlay tool:tmux
# Ctrl-C on a terminal reaches the command, once; nacre tells 130 and the shell goes on.
terminal_open
terminal_type "nacre run --rm -- bash -c 'echo re''ady; exec sleep 60'; echo status \$?" Enter
wait_until terminal_shows '^ready'
terminal_type C-c
wait_until terminal_shows 'status 130$'
terminal_type clear Enter
terminal_type "nacre run --rm -- bash -c 'trap \"echo caught\" INT; echo ag''ain; sleep 1; sleep .2; exit 4'; echo status \$?" Enter
wait_until terminal_shows '^again'
terminal_type C-c
wait_until terminal_shows 'status 4$'
[ "$(tmux -S "$T/tmp/tmux" capture-pane -p | grep -cE '^(\^C)?caught')" -eq 1 ] || fail "not caught once"
