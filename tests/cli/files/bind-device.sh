# needs: userns overlay
# A device is bound with dev; without it, the device cannot be opened.
small_root root
expect_output '' box root -b /dev/null:/null:dev -- sh -c 'echo x >/null && cat /null'
expect_status 1 box root -b /dev/null:/null -- sh -c '(: </null) 2>/dev/null || exit 1'
