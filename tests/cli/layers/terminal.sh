# needs: archive tty userns overlay
# An archive is neither read from a terminal nor written to one.
expect_error archive-terminal on_terminal nacre import - name
nacre run -q -n box sh -c 'echo x >new'
expect_error archive-terminal on_terminal nacre export box -o -
