# needs: userns
# --nacre-explain adds nacre's own words to the line; --level-prefix puts a level before it.
met()
{
	expect_match "\[$1\]\$"
}

expect_status 1 nacre as bwrap --nacre-explain --unshare-user --ro-bind / / --uid 5 --unshare-pid --as-pid-1 --lock-file /x true
expect_match '^bwrap: --as-pid-1 and --lock-file exclude each other$'
met usage-bwrap
expect_status 1 nacre as bwrap --nacre-explain --ro-bind /no/such/place /x true
expect_match '^bwrap: cannot bind /no/such/place on /x: '
expect_match '^  fix '
expect_status 1 nacre as bwrap --nacre-explain --ro-bind / / --tmpfs /tmp --remount-ro /tmp --tmpfs /tmp/x true
met place-readonly
expect_status 1 nacre as bwrap --nacre-explain --ro-bind / / --tmpfs /tmp --dir /tmp/x --ro-bind /etc/passwd /tmp/x true
met bind-file-on-directory
expect_status 1 nacre as bwrap --nacre-explain --ro-bind / / --tmpfs /tmp --ro-bind /etc/passwd /tmp/x --tmpfs /tmp/x true
met bind-file-on-directory
expect_status 1 nacre as bwrap --level-prefix --ro-bind / / no-such-command
expect_match '^<3>bwrap: cannot run no-such-command: '
