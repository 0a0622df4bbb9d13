# needs: userns overlay tool:tmux
# Ctrl-C on a terminal reaches the command, once; nacre tells 130 and the shell goes on.
terminal_open
terminal_type "nacre run --rm -- bash -c 'echo re''ady; exec sleep 60'; echo status \$?" Enter
wait_until terminal_shows '^ready'
terminal_type C-c
wait_until terminal_shows 'status 130$'
cat >catch.sh <<'END'
trap 'echo caught' INT
echo again
sleep 1
sleep 0.2
exit 4
END
terminal_type 'clear; nacre run --rm -- bash catch.sh; echo status $?' Enter
wait_until terminal_shows '^again'
terminal_type C-c
wait_until terminal_shows 'status 4$'
caught=$(tmux -S "$T/tmp/tmux" capture-pane -p | grep -cE '^(\^C)?caught')
[ "$caught" -eq 1 ] || fail "it came $caught times"
