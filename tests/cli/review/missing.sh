# Where nacre-review is not installed, the message says so, and help does not need it.
cp "$NACRE" alone
expect_error review-missing ./alone review
expect_match 'nacre-review'
expect_status 0 ./alone review -h
expect_match 'nacre review fix src'
expect_error usage-unknown-option ./alone review --nothing
: >nacre-review
expect_error review-missing ./alone review
expect_match 'Permission denied'
