# needs: userns
# Defect 23: of what a sandbox of bubblewrap's kind asks by prctl(2), a refusal ends it.
line=(--unshare-pid --die-with-parent --bind / / --new-session touch "$T/ran")
# PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS
for kind in 1 4 38; do
	expect_status 1 "$REFUSE" "prctl=$kind:EPERM" -- nacre as bwrap "${line[@]}"
	expect_match '^bwrap: cannot '
	[ ! -e ran ] || fail "it ran without prctl $kind"
done
expect_status 0 nacre as bwrap "${line[@]}"
[ -e ran ] || fail "it does not run at all"
