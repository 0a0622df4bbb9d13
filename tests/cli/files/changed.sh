# needs: userns overlay
# A box with changes is kept, one line says how many, and -n goes on in it.
mkdir dir
touch dir/gone
expect_output '' nacre run -- sh -c 'echo 1 >dir/new; rm dir/gone'
[ "$(wc -l <"$T/tmp/stderr")" = 1 ] || fail_with_output "not one line"
expect_match '^nacre: 2 changes kept in box [a-z]+ '
name=$(ls home/.local/state/nacre/boxes)
expect_output 1 nacre run -n "$name" -- sh -c 'cat dir/new; ! test -e dir/gone'
expect_status 0 nacre run -q -n "$name" -- touch dir/more
[ ! -s "$T/tmp/stderr" ] || fail "-q printed something"
expect_output 'more new' nacre run -n "$name" -- sh -c 'echo $(ls dir)'
[ "$(ls dir)" = gone ] || fail "the host was changed"
