# needs: userns
# A link of that name is bubblewrap, wherever it lies; so is nacre as bwrap.
mkdir elsewhere
ln -s "$NACRE" elsewhere/bwrap
expect_output works elsewhere/bwrap --ro-bind / / echo works
expect_output works nacre as bwrap --ro-bind / / -- echo works
