# needs: userns overlay tty
# A shell on a terminal has job control, without a warning.
keep on_terminal nacre run --rm -- bash --norc -i -c 'echo "flags $-"; tty'
expect_match 'flags .*m'
expect_match '^/dev/(pts/[0-9]+|tty|console)'
expect_no_match '(no job control|[Ii]nappropriate ioctl)'
