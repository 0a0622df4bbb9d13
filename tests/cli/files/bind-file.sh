# needs: userns overlay
# A file is bound over a file, over a place that is missing, and over a link's target.
small_root root
echo old >root/etc/old
ln -s old root/etc/link
echo new >new
expect_output new box root -b new:/etc/old:ro -- cat /etc/old
expect_output new box root -b new:/deep/er/file -- cat /deep/er/file
expect_output new box root -b new:/etc/link -- cat /etc/old
[ "$(cat root/etc/old)" = old ] && [ ! -e root/deep ] || fail "the root was changed"
