# needs: userns
# Whatever was wrong, the status is 1 and there is one line, in bubblewrap's name.
wrong()
{
	expect_status 1 nacre as bwrap "$@"
	[ "$(wc -l <"$T/tmp/stderr")" = 1 ] || fail_with_output "not one line: $*"
	expect_match '^bwrap: '
}

wrong
wrong --ro-bind / /
wrong --no-such-option
wrong -x
wrong --bind /usr
wrong --ro-bind / / no-such-command
wrong --ro-bind / / /etc/passwd
wrong --ro-bind /no/such/place /x true
wrong --ro-bind / / --chdir /no/such/place true
wrong --ro-bind / / --uid nobody-at-all true
wrong --ro-bind / / --hostname name true
wrong --ro-bind / / --as-pid-1 true
wrong --ro-bind / / --setenv NAME true
wrong --ro-bind / / --cap-add CAP_NONSENSE true
wrong --ro-bind / / --perms 0700 true
wrong --ro-bind / / --perms 0700 --perms 0700 --dir /x true
wrong --ro-bind / / --perms 9 --dir /x true
wrong --ro-bind / / --size 0 --tmpfs /tmp true
wrong --ro-bind / / --size 4096 --dir /x true
wrong --ro-bind / / --info-fd 77 true
wrong --ro-bind / / --seccomp 0 true </dev/null
wrong --ro-bind / / --exec-label label true
wrong --ro-bind / / --file-label label true
wrong --ro-bind / / --overlay-src /usr true
wrong --ro-bind / / --overlay-src /usr --ro-overlay /tmp true
wrong --ro-bind / / --userns-block-fd 0 true </dev/null
wrong --args 77
