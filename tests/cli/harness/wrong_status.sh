# The runner tells a wrong status, shows what the case printed, and knows the lines that change what
# it expects.
mkdir -p cases/topic
printf 'echo seen\nexit 3\n' >cases/topic/fails.sh
printf '# status: 3\nexit 3\n' >cases/topic/means-to.sh
printf 'false\necho never\n' >cases/topic/stops.sh
printf '# timeout: 1\nsleep 30\n' >cases/topic/sleeps.sh
printf '# needs: tool:no-such-tool\nfalse\n' >cases/topic/skips.sh
printf '# needs: understanding\ntrue\n' >cases/topic/unknown.sh

expect_status 1 "$SOURCE/tests/run-cli" -j 1 --cases cases
expect_match '^not ok [1-6] - topic/fails$'
expect_match '^# its status is 3, not 0$'
expect_match '^# seen$'
expect_match '^ok [1-6] - topic/means-to$'
expect_match '^ok [1-6] - topic/skips # SKIP no no-such-tool$'
expect_match '^not ok [1-6] - topic/sleeps$'
expect_match '^# it did not end within 1 seconds$'
expect_match '^not ok [1-6] - topic/stops$'
expect_no_match 'never'
expect_match '^not ok [1-6] - topic/unknown$'
expect_match '^1\.\.6$'
expect_match '^# 1 passed, 4 failed, 1 skipped$'
