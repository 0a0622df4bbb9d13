# needs: userns overlay
# A box in which nothing changed vanishes, and nothing is printed.
mkdir dir
touch dir/file
expect_output '' nacre run -- true
[ ! -s "$T/tmp/stderr" ] || fail "it said something"
expect_output '' nacre run -- sh -c 'cat dir/file; touch dir/new; rm dir/new'
[ ! -s "$T/tmp/stderr" ] || fail "it said something"
small_root root
expect_output "" box root -- cat /dev/null
[ ! -s "$T/tmp/stderr" ] || fail "it said something"
[ -z "$(find home -mindepth 5)" ] || fail "it left $(find home)"
