# needs: userns overlay tool:tmux tty
# Nothing is lost on the way, in neither direction, and neither waits for the other.
small_root root
echo 'nacre enter dev --root root '"${host_programs[*]}"' -- "$@"' >e
on_terminal sh e seq 100000 >seen
# What script(1) types by itself is echoed too, amid the rest when the start was slow.
tr -d '\r' <seen | sed 's/\^@//' | cmp - <(seq 100000) || fail "some is missing"
# A command that has ended is not waited for, whoever else writes there, and what it wrote is all there.
on_terminal sh e sh -c 'yes & seq 1000; echo last' >seen
sed 's/\^@//' <seen | grep -q '^last' || fail "the end is missing"
wait_until [ ! -e "$HOME/.local/state/nacre/boxes/dev/door" ]
# What is pasted into one that reads nothing yet, and prints meanwhile.
head -c 49152 /dev/urandom | base64 -w 0 >pasted
[ "$(wc -c <pasted)" -eq 65536 ]
terminal_open
terminal_type "sh e sh -c 'stty raw -echo; echo ready; sleep 0.5; seq -s, 20000; head -c 65536 >/pasted; stty sane; echo; echo do\"\"ne'" Enter
wait_until terminal_shows '^ready'
tmux -S "$T/tmp/tmux" load-buffer pasted
tmux -S "$T/tmp/tmux" paste-buffer -r
wait_until terminal_shows "^done"
nacre enter dev --root root "${host_programs[@]}" -- cat /pasted | cmp - pasted
