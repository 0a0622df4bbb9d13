# needs: user
# The runner tells what a case leaves, a process and files that rm cannot remove, and leaves nothing
# itself.
mkdir -p cases/topic runner
printf 'setsid sleep 300 &\n' >cases/topic/process.sh
printf 'mkdir a && : >a/file && chmod 000 a\n' >cases/topic/files.sh

expect_status 1 env TMPDIR="$T/runner" "$SOURCE/tests/run-cli" -j 1 --cases cases
expect_match '^not ok 1 - topic/files$'
expect_match '^# it left what rm cannot remove:$'
expect_match '^not ok 2 - topic/process$'
expect_match '^# it left a process: sleep 300 $'
[ -z "$(ls runner)" ] || fail "the runner left: $(ls runner)"
