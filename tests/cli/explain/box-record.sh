# needs: userns overlay
# A box whose record cannot be used is left as it is.
record=$XDG_STATE_HOME/nacre/boxes/mine/record
broken()
{
	sed "$1" whole >"$record"
}

nacre run -q -n mine touch new
cp "$record" whole

broken 1s/1/2/
expect_error box-record-version nacre run -n mine true
broken '$d'
expect_error box-record nacre run -n mine true
expect_match 'the box mine: it is cut short'
broken 's,^overlay [^ ]*,overlay ..,'
expect_error box-record nacre run -n mine true
expect_match 'line [0-9]+, overlay, is malformed'
broken /^base/d
expect_error box-record nacre run -n mine true
expect_match 'it lacks a line "base"'

cp whole "$record"
expect_status 0 nacre run -q -n mine test -e "$T/new"
[ "$(grep -c '^run ' "$record")" -eq 2 ]
