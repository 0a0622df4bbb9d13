# needs: userns overlay
# --only hides the home directory but for what is named; what is written beside it is not kept.
mkdir -p home/keep/deep home/other home/more
echo yes >home/keep/deep/file
echo no >home/other/file
expect_output 'keep more yes' nacre run --rm --only "$HOME/keep" --only "$HOME/more" -- \
	sh -c 'echo $(ls ~) $(cat ~/keep/deep/file)'
expect_status 0 nacre run --rm --only "$HOME/keep" -- touch "$HOME/new"
[ ! -e home/new ] || fail "it was written"
