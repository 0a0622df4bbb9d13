# needs: userns overlay
# Standard input reaches the command, from a pipe, a file and at its end.
[ "$(printf 'a\0b' | nacre run --rm -- od -An -c | tr -d ' ')" = 'a\0b' ] || fail pipe
echo text >file
[ "$(nacre run --rm -- cat <file)" = text ] || fail file
[ -z "$(nacre run --rm -- cat </dev/null)" ] || fail null
{ nacre run --rm -- head -c 1 && cat; } <file >both
[ "$(cat both)" = t ] || [ "$(cat both)" = text ] || fail "the offset is not shared: $(cat both)"
