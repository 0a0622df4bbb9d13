# needs: userns overlay tool:perl
# Started by one who ignores SIGCHLD, as some daemons do, nacre loses no status, and waits for nobody for ever.
ignoring()
{
	perl -e '$SIG{CHLD} = "IGNORE"; alarm 20; exec { $ARGV[0] } @ARGV or die' "$@"
}
expect_status 7 ignoring "$NACRE" run --rm -- sh -c 'exit 7'
expect_status 137 ignoring "$NACRE" run --rm -- sh -c 'kill -KILL $$'
expect_status 5 ignoring "$NACRE" enter dev sh -c 'exit 5'
expect_status 0 ignoring "$NACRE" start dev
expect_status 6 ignoring "$NACRE" exec dev sh -c 'exit 6'
expect_status 0 ignoring "$NACRE" stop dev
# As root of the box, whose ids other programs map.
expect_status 4 ignoring "$NACRE" run -q --rm --as-root -- sh -c 'exit 4'
