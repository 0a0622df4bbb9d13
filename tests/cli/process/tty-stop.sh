# needs: userns overlay tool:tmux
# Ctrl-Z stops a run as any job; fg goes on with it, bg and kill work.
terminal_open
terminal_type "nacre run --rm -- bash -c 'echo re''ady; sleep 1; echo do''ne; exit 6'" Enter
wait_until terminal_shows '^ready'
terminal_type C-z
wait_until terminal_shows 'Stopped'
sleep 1.2
! terminal_shows '^done' || fail "it was not stopped"
terminal_type "fg; echo status \$?" Enter
wait_until terminal_shows 'status 6$'
terminal_type "nacre run --rm -- sleep 60" Enter
sleep 0.5
terminal_type C-z
wait_until terminal_shows 'Stopped.*sleep 60'
terminal_type 'bg; kill %1; wait %1; echo ended $?' Enter
wait_until terminal_shows 'ended 143'
