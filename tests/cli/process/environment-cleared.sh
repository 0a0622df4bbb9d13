# needs: userns overlay
# --clear-env leaves only what -e names; -e K keeps the caller's value.
export KEPT='a b' GONE=x
expect_output 'KEPT=a b' nacre run --rm --clear-env -e KEPT -- "$(command -v env)"
expect_output '' nacre run --rm --clear-env -- "$(command -v env)"
expect_output 'ok' nacre run --rm --clear-env -- sh -c 'echo ok' # a default PATH finds it
expect_output '' nacre run --rm --clear-env -e NOT_SET_OUTSIDE -- "$(command -v env)"
