# needs: userns overlay
# A file cannot be bound over a directory, nor a directory over a file; the message says so.
small_root root
mkdir dir
touch file
expect_status 125 box root -b file:/etc -- true
expect_match '^nacre: cannot bind \S+/file on /etc: .*(file|directory)'
expect_no_match '\[bug\]'
expect_status 125 box root -b dir:/etc/file -- true
expect_match '^nacre: cannot bind \S+/dir on /etc/file: .*(file|directory)'
expect_no_match '\[bug\]'
