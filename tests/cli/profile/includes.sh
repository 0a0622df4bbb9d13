# needs: userns overlay
# A profile can include the one that it stands for; a circle is an error that shows the way.
mine=$XDG_CONFIG_HOME/nacre/profiles
mkdir -p "$mine" beside
printf 'include beside\nhide /mine\n' >"$mine/beside"
printf 'include helper\n' >beside/start
printf 'include other\n' >beside/helper
printf 'hide /other\n' >beside/other
expect_status 0 nacre run -p beside/start --dry-run
expect_match "hiding /other .*\(from $T/beside/other, line 1"

expect_error profile-include nacre run -p beside true
printf 'ro\ninclude ./b\n' >a
printf '\n\ninclude ./a\n' >b
expect_error profile-include nacre run -p ./a true
expect_match "from $T/b, line 3"
expect_match "included by $T/a, line 2"
expect_match '        \^\^\^'
for n in {1..20}; do echo "include ./d$((n + 1))" >"d$n"; done
expect_error profile-include nacre run -p ./d1 true
expect_match 'more than 16'

# What comes later in the search: here, in a box, the machine's.
printf 'include own\nhide /mine\n' >"$mine/own"
expect_error profile-include nacre run -p own true
expect_output "# $mine/own
# /etc/nacre/profiles/own
hide /system
# $mine/own
hide /mine" nacre run -q --rm --tmpfs /etc/nacre --file '/etc/nacre/profiles/own=hide /system' \
	"$NACRE" profile show own
