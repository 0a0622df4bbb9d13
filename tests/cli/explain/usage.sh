# What is wrong in the words themselves: unknown, missing, not to be understood.
expect_error usage-no-verb nacre
expect_error usage-unknown-verb nacre ruin true
expect_error usage-no-command nacre run
expect_error usage-unknown-name nacre explain no-such-name
expect_error usage-unknown-option nacre run --robind a b true
expect_error usage-missing-value nacre run --root
expect_error usage-unexpected-value nacre run --ro=yes true
expect_error spec-escape nacre run -b 'a\' true
expect_error spec-fields nacre run -m tmpfs true
expect_error spec-word nacre run -b a:/mnt:readonly true
expect_error spec-value nacre run --tmpfs /mnt,size=big true
