# needs: userns overlay tool:tmux
# Ctrl-C on a terminal reaches the command once; nacre tells 130 and the shell goes on.
tmux -S "$T/tmp/tmux" -f /dev/null new-session -d -x 100 -y 30 'PS1="> " bash --norc --noprofile -i'
type() { tmux -S "$T/tmp/tmux" send-keys "$@"; }
seen() { tmux -S "$T/tmp/tmux" capture-pane -p | grep -qE -e "$1"; }
trap 'tmux -S "$T/tmp/tmux" capture-pane -p; tmux -S "$T/tmp/tmux" kill-server' EXIT

wait_until seen '^> '
type "nacre run --rm -- bash -c 'echo re''ady; exec sleep 60'; echo status \$?" Enter
wait_until seen '^ready'
type C-c
wait_until seen '^\^C?status 130|^status 130|status 130$'
type "nacre run --rm -- bash -c 'trap \"echo caught\" INT; echo again; sleep 1; sleep 0.2; exit 4'; echo status \$?" Enter
wait_until seen '^again'
type C-c
wait_until seen 'status 4$'
[ "$(tmux -S "$T/tmp/tmux" capture-pane -p | grep -c '^\(\^C\)\?caught')" -eq 1 ] || fail "not caught once"
trap - EXIT
tmux -S "$T/tmp/tmux" kill-server
