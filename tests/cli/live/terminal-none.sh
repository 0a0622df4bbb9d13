# needs: userns overlay tool:tmux
# Where the box has no terminals of its own, or has something else in their place, the command gets one of the host's.
small_root root
mkdir -p root/dev/pts
mkfifo root/dev/ptmx root/dev/pts/ptmx root/dev/tty
echo 'nacre enter dev --no-defaults --root root '"${host_programs[*]}"' -- "$@"' >e
terminal_open
terminal_type "sh e sh -c 'test -t 0 && echo \$(stty size) here; read word; exit 5'; echo left \$?" Enter
wait_until terminal_shows '^40 100 here'
terminal_type word Enter
wait_until terminal_shows '^left 5'
# A link leads nowhere out of the box.
nacre enter dev -- sh -c 'rm /dev/ptmx && ln -s /dev/full /dev/ptmx && rm -r /dev/pts && ln -s /proc/self/fd /dev/pts'
terminal_clear
terminal_type "sh e sh -c 'test -t 0 && echo he\"\"re; exit 6'; echo left \$?" Enter
wait_until terminal_shows '^here'
wait_until terminal_shows '^left 6'
