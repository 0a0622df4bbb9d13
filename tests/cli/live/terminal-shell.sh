# needs: userns overlay tool:tmux
# A shell at a terminal of its own in a box: jobs, interrupts, its name, its size, and the caller's modes afterwards.
small_root root
echo 'nacre enter dev --root root '"${host_programs[*]}"' -- "$@"' >e
terminal_open
terminal_type "stty -g >before; PS1='in> ' sh e bash --norc --noprofile -i; echo outer \$?; stty -g >after" Enter
wait_until terminal_shows '^in>'
! terminal_shows 'no job control' || fail "there is no job control"
# Its name is one of the box's own, and it is the size of the caller's.
terminal_type 'test -c "$(tty)" && test "$(tty)" -ef /dev/stdin && echo na""med; stty size' Enter
wait_until terminal_shows '^named'
wait_until terminal_shows '^40 100'
tmux -S "$T/tmp/tmux" resize-window -x 90 -y 30
sleep 0.4
terminal_type 'stty size' Enter
wait_until terminal_shows '^30 90'
# Jobs.
terminal_type 'sleep 60' Enter
sleep 0.3
terminal_type C-z
wait_until terminal_shows 'Stopped.*sleep 60'
terminal_type 'bg' Enter
terminal_type 'jobs' Enter
wait_until terminal_shows 'Running *sleep 60'
terminal_type 'fg' Enter
sleep 0.3
terminal_type C-c
sleep 0.2
terminal_type 'echo inner $?' Enter
wait_until terminal_shows 'inner 130'
# One that stays behind is no reason to wait; the box lives on with it, and nothing hangs it up.
terminal_type "(trap 'echo hung >/hung' HUP; sleep 2; echo done >/done) &" Enter
terminal_type 'exit 7' Enter
wait_until terminal_shows '^outer 7'
wait_until test -e after
cmp before after || fail "the modes are not as before: $(cat before after)"
wait_until sh -c '[ ! -e "$HOME/.local/state/nacre/boxes/dev/door" ]'
expect_output '/done' nacre status --name-only dev
# One in the command's own group too.
terminal_clear
terminal_type "sh e sh -c 'sleep 0.5 && echo done >/own &'; echo outer \$?" Enter
wait_until terminal_shows '^outer 0'
wait_until sh -c '[ ! -e "$HOME/.local/state/nacre/boxes/dev/door" ]'
expect_output '/done
/own' nacre status --name-only dev
