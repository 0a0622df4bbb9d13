# needs: userns overlay
# The working directory is kept; -w chooses another, also a relative one.
mkdir -p 'a b/c'
expect_output "$T" nacre run --rm -- pwd
(cd 'a b' && expect_output "$T/a b" nacre run --rm -- pwd)
expect_output /usr nacre run --rm -w /usr -- pwd
expect_output "$T/a b/c" nacre run --rm -w "$T/a b/c" -- pwd
