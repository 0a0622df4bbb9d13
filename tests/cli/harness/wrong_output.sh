# shellcheck disable=SC2016 # "$T" is what the runner prints
# The runner tells a wrong output by a diff, takes it as expected with --update, and passes it then.
mkdir -p cases/topic
echo 'echo "in $T as $(basename "$T"/x)"' >cases/topic/print.sh
echo 'in another place' >cases/topic/print.out

expect_status 1 "$SOURCE/tests/run-cli" --cases cases
expect_match '^not ok 1 - topic/print$'
expect_match '^# -in another place$'
expect_match '^# \+in \$T as x$'
expect_match '^# 0 passed, 1 failed, 0 skipped$'

expect_status 2 "$SOURCE/tests/run-cli" --cases cases --update another
expect_status 0 "$SOURCE/tests/run-cli" --cases cases --update print
[ "$(cat cases/topic/print.out)" = 'in $T as x' ] || fail "--update did not take the output"
expect_status 0 "$SOURCE/tests/run-cli" --cases cases
expect_match '^ok 1 - topic/print$'
