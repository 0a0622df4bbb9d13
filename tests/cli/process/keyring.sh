# needs: userns overlay
# The caller's session keyring is not the box's.
expect_output found "$KEYRING" "$KEYRING"
expect_output none "$KEYRING" nacre run --rm -- "$KEYRING"
expect_output none "$KEYRING" nacre run -q --rm --as-root -- "$KEYRING"
