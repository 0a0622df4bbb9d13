# needs: user
# A plain user cannot do without a user namespace.
expect_error no-userns-not-root nacre run --no-userns true
