# needs: userns overlay tty
# On a terminal a line is cut at its width; elsewhere it is whole.
words=$(printf 'word%d ' {1..60})
# shellcheck disable=SC2086
nacre run -q -n long sh -c 'touch x' $words
on_terminal sh -c 'stty cols 60; nacre ls' | tr -d '\r' >screen
grep -q '^long .*\.\.\.$' screen
awk 'length > 60 { exit 1 }' screen
nacre ls | grep -q 'word60$'
