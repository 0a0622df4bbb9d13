# needs: userns overlay
# The exit status is the command's own, whatever it is.
for n in 0 1 2 42 124 125 126 127 128 130 255; do
	expect_status "$n" nacre run --rm -- sh -c "exit $n"
	expect_no_match .
done
