# needs: userns overlay
# The boxes are not seen from inside a box.
expect_status 0 nacre run -q -n mine -- touch new
expect_output '' nacre run --rm -- sh -c 'ls -A ~/.local/state/nacre'
expect_output '' nacre run --rw -- sh -c 'ls -A ~/.local/state/nacre'
