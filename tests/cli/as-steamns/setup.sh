# needs: userns
# -e FILE runs FILE without arguments before the command, when namespaces are made and when they are joined; how it ends does not matter.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
steam_root root
cat >root/usr/bin/set-up <<'X'
#!/bin/sh
echo "set up $#"
exit 3
X
chmod +x root/usr/bin/set-up
expect_output 'set up 0
command a' steam -e set-up sh -c 'echo command "$1"' sh a
expect_output 'set up 0
command' steam -e /usr/bin/set-up -- sh -c 'echo command'
expect_status 4 steam -e set-up sh -c 'exit 4'
expect_output after steam -e 'no such; echo hostile' sh -c 'echo after'
expect_output 'set up 0
in' steam -e set-up -c ns sh -c 'echo in'
steamns -p root -e set-up -c ns sleep 1000 >said &
creator=$!
wait_until test -L ns
expect_output 'set up 0
in' steam -e set-up -j ns sh -c 'echo in'
expect_output in steam -j ns sh -c 'echo in'
kill $creator
wait $creator || true
# Not by who only holds.
steamns -p root -e set-up -D -c ns >said &
creator=$!
wait_until test -L ns
expect_output in steam -j ns sh -c 'echo in'
wait $creator
[ ! -s said ] || fail 'the holder ran it'
passes ns
