# needs: userns
# The caller has no id in its user namespace, as after entering a container by hand.
expect_error userns-unmapped unshare --user nacre run true
