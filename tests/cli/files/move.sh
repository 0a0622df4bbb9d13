# needs: userns overlay
# A move takes a mount of the new root elsewhere.
small_root root
expect_output 'x' box root --tmpfs /a --file /a/file=x -m move,/a,/b -- \
	sh -c 'cat /b/file; test -z "$(ls /a)"'
expect_status 125 box root -m move,/etc,/b -- true
expect_no_match '\[bug\]'
