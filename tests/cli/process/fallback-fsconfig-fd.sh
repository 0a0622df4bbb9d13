# needs: userns overlay
# Where layers cannot be handed over as descriptors, they go by their paths.
for calls in fsconfig=5:EINVAL fsconfig=5:EINVAL,openat2 fsconfig=5:EINVAL,close_range; do
	expect_output new "$REFUSE" "$calls" -- nacre run --rm -- sh -c 'echo new >file && cat file'
	[ ! -e file ] || fail "it was written outside"
	mkdir -p low up dst && echo low >low/file
	expect_output low "$REFUSE" "$calls" -- \
		nacre run --rm -o "$T/dst,lower=$T/low,upper=$T/up" -- \
		sh -c 'cat dst/file; echo more >dst/new'
	[ "$(cat up/new)" = more ] || fail "the upper has no new file"
	rm -r up
done
