# Bad usage is 125, before anything is made.
expect_status 125 nacre run --no-such-option -- true
expect_error usage-no-command nacre run --rm
expect_status 125 nacre no-such-verb
[ ! -e home/.local ] || fail "something was made"
