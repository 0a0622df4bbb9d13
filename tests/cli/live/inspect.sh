# needs: userns overlay tool:jq
# One box that lives: its keeper, init, members and processes, whatever those call themselves.
small_root root
cp "$(command -v sleep)" root/secret
chmod 111 root/secret
at=(--root "$T/root" "${host_programs[@]}")
boxes=$XDG_STATE_HOME/nacre/boxes
life() { nacre inspect --json db | jq "$@"; }
counts() { [ "$(life .life.process_count)" -eq "$1" ]; }

nacre start -q db "${at[@]}"
expect_status 0 nacre inspect db
expect_match '^box db, living$'
expect_match '^  since     2[0-9]{3}-[0-9: -]+, (now|[0-9]+ seconds?)$'
expect_match '^  members   0$'
expect_match '^  processes 0$'
expect_no_match '^  held by'
keeper=$(sed -n 's/^keeper \([0-9]*\) .*/\1/p' "$boxes/db/live")
init=$(sed -n 's/^init \([0-9]*\) .*/\1/p' "$boxes/db/live")
expect_match "^  keeper    process $keeper$"
expect_match "^  init      process $init$"

# A process that is not dumpable, as it may not read its program; a grandchild; one in a pid namespace of its own; an orphan.
nacre enter db "${at[@]}" -- sh -c '(/secret 1001 & sleep 1002 & setsid sleep 1003 & unshare -U -r --pid --fork sleep 1004 &
	(sleep 1005 &)) </dev/null >/dev/null 2>&1'
wait_until counts 6
expect_status 0 nacre inspect db
for words in '/secret 1001' 'sleep 1002' 'sleep 1003' 'unshare -U -r --pid --fork sleep 1004' 'sleep 1004' 'sleep 1005'; do
	expect_match "^            [0-9]+, in the box [0-9]+: \"$words\"$"
done
life -r '.life.processes[] | select(.command_line == "sleep 1002") | "\(.pid) \(.pid_inside)"' >pids
read -r pid inside <pids
[ "$(awk '/^NSpid:/ { print $NF }' "/proc/$pid/status")" -eq "$inside" ]
[ "$(tr '\0' ' ' <"/proc/$pid/cmdline")" = 'sleep 1002 ' ]
life -e --argjson keeper "$keeper" --argjson init "$init" '.state == "living" and .living and (.life | .keeper == $keeper and
	.init == $init and .members == 0 and .process_count_exact and (.processes | length) == 6 and all(.processes[]; .pid_inside > 1))'
# The same without the kernel's own answer: NS_GET_TGID_IN_PIDNS.
older() { "$REFUSE" ioctl=0x8004b709:EINVAL -- nacre inspect --json db | jq -c '.life | .processes | map([.pid, .pid_inside])'; }
[ "$(older)" = "$(life -c '.life | .processes | map([.pid, .pid_inside])')" ]

# A member is counted, and a name acts on no terminal.
nacre enter db "${at[@]}" -- bash -c 'exec -a "$1" sleep 1006' bash $'a\nb\e]0;title\a\xe2\x80\xae\xff "c' &
member=$!
wait_until counts 7
expect_status 0 nacre inspect db
expect_match '^  members   1$'
expect_match ': "a\\x0ab\\x1b\]0;title\\x07\\xe2\\x80\\xae\\xff \\"c 1006"$'
life -r '.life.processes[] | select(.command_line | endswith("1006")).command_line_b64' | base64 -d >words
printf '%s 1006' $'a\nb\e]0;title\a\xe2\x80\xae\xff "c' | cmp - words
nacre enter db "${at[@]}" -- bash -c 'exec -a "" sleep "$1"' bash "$(printf '%0999d' 9)" &
long=$!
wait_until counts 8
expect_status 0 nacre inspect db
expect_match '^            [0-9]+, in the box [0-9]+: " 0{100,155}\.\.\."$'
expect_match '^  processes 8$'

# No answer: what is certain is told.
kill -STOP "$keeper"
expect_status 0 nacre inspect db
expect_match '^box db, living$'
expect_match "^  keeper    process $keeper$"
expect_match 'it does not answer'
expect_no_match '^  (init|members|processes)'
kill -CONT "$keeper"
nacre stop --grace 0 db
wait "$member" "$long" || true
expect_status 0 nacre inspect db
expect_match '^box db, kept$'
life -e '.life == null and (.living | not) and .processes == []'
nacre rm db
