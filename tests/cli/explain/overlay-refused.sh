# needs: userns overlay
# The kernel says EINVAL, and every cause that can be looked at is not it.
mkdir a b up
expect_error overlay-refused "$REFUSE" fsconfig=6:EINVAL -- \
	nacre run --no-defaults -o /,lower=a,lower=b,upper=up true
