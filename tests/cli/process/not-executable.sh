# needs: userns overlay
# A file that cannot be executed, and a directory, are 126.
: >plain && mkdir -p dir bin/tool && printf 'text' >bin/text
expect_status 126 nacre run --rm -- ./plain
expect_match '^nacre: cannot run \./plain'
expect_status 126 nacre run --rm -- ./dir
expect_status 126 nacre run --rm -e PATH="$T/bin" -- text
expect_status 126 nacre run --rm -- /etc/passwd
