# needs: userns tool:python3
# The command's status, and 128 + n for signal n: as an exit, also where the caller looks at wait(2) itself.
expect_status 7 nacre as bwrap --ro-bind / / sh -c 'exit 7'
expect_status 7 nacre as bwrap --unshare-pid --ro-bind / / sh -c 'exit 7'
for words in '' --unshare-pid --new-session; do
	# shellcheck disable=SC2086 # words are words
	expect_status 137 nacre as bwrap $words --ro-bind / / sh -c 'kill -KILL $$'
done
# By a parent that tells a signal from a status.
expect_output 143 python3 -c 'import subprocess, sys; print(subprocess.call(sys.argv[1:]))' \
	"$NACRE" as bwrap --ro-bind / / sh -c 'kill -TERM $$'
