# needs: userns overlay
# A mount point that is missing below a bind is an error that names the way out, and nothing is made
# in the source.
small_root root
mkdir src
expect_status 125 box root -b src:/data -b /usr:/data/new -- true
expect_no_match '\[bug\]'
expect_status 125 box root -b src:/data --tmpfs /data/new/deep -- true
expect_no_match '\[bug\]'
expect_status 125 box root -b src:/data --dir /data/new -- true
expect_status 125 box root -b src:/data --symlink to /data/new -- true
expect_status 125 box root -b src:/data --file /data/new=text -- true
[ -z "$(ls -A src)" ] || fail "it made $(ls -A src)"
