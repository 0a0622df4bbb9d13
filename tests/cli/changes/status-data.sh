# needs: userns overlay tool:jq
# For programs: lines, names alone, NULs, JSON with the bytes of every name.
mkdir d
cd d
echo 1 >a && echo 2 >b && mkdir gone && touch gone/x
nacre run -q -n b -- sh -c 'echo 1 >>a; rm b; rm -r gone; mkdir new; touch new/file "$(printf "bad\377\n\"name")"'
nacre status --porcelain b | sed "s,$T/,,"
echo "--- all"
nacre status --porcelain --all b | sed "s,$T/,,"
echo "--- names"
nacre status --name-only -z b | tr '\0' '\n' | sed "s,$T/,," | cat -v
echo "--- json"
nacre status --json --all b | jq -c '.version, .box, (.changes[] | [.kind, (.path | sub(".*/d/"; "")), .now.type, .old.type, .differs, .files, .old_files, .inside])'
nacre status --json b | jq -r '.changes[] | .path_b64 // empty' | base64 -d | sed "s,$T/,," | cat -v
echo
echo "--- exit status"
nacre status --exit-code b >/dev/null || echo $?
nacre status --exit-code b gone >/dev/null || echo $?
nacre status --exit-code b a >/dev/null || echo $?
