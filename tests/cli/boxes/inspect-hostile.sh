# needs: userns overlay
# A record that somebody has written is looked at with care: ls goes on, inspect says what is wrong, rm works.
nacre run -q -n fix touch new
record=$XDG_STATE_HOME/nacre/boxes/fix/record
cp "$record" whole
printf 'precious\n' >precious
for line in 's,^overlay [^ ]*,overlay %2E%2E,' 's,^overlay [^ ]*,overlay ..%2F..%2Fprecious,' \
	's,^lower /,lower ../,' 's,^base /,base etc,' 's,^uid.*,uid 1 0 4294967295,' '$d' '1,$d'; do
	sed "$line" whole >"$record"
	expect_error box-record nacre inspect fix
	expect_status 0 nacre ls
	expect_match '^fix +kept +\? .*\(its record cannot be read\)$'
done
rm "$record"
ln -s "$T/precious" "$record"
expect_status 125 nacre inspect fix
expect_status 0 nacre rm fix
[ "$(cat precious)" = precious ]
expect_output '' nacre ls
