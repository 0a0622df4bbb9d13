# The help has each option; the version begins as bubblewrap's does.
expect_status 0 nacre as bwrap --help
expect_match '^usage: bwrap \[OPTIONS\.\.\.\] \[--\] COMMAND \[ARGS\.\.\.\]$'
for option in bind overlay-src tmp-overlay json-status-fd bind-fd add-seccomp-fd argv0 level-prefix not-a-security-boundary; do
	expect_match "^    --$option "
done
expect_status 0 nacre as bwrap --version
expect_match '^bubblewrap [0-9]+\.[0-9]+\.[0-9]+ '
