# needs: userns overlay
# The words of the command arrive as they were: empty, with newlines, globs, options, bytes.
set -- '' ' ' $'new\nline' '*' '~' "\$HOME" "'" '"' '\' -- --help -n -x=y $'\xff\xfe' '{}' ';'
expected=$(printf '%s\0' "$@" | od -An -tx1)
got=$(nacre run --rm -- printf '%s\0' "$@" | od -An -tx1)
[ "$got" = "$expected" ] || fail "the words differ: $got"
