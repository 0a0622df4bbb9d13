# needs: userns overlay
# Layers over the host's own tree.
mkdir -p "layer/etc" "layer$T/new" over
echo layer >layer/etc/nacre-test-layer
echo layer >"layer$T/new/file"
expect_output 'layer layer' nacre run --rm -l layer -- \
	sh -c 'echo $(cat /etc/nacre-test-layer '"'$T/new/file'"')'
expect_output 'layer' nacre run --ro -l layer -- cat /etc/nacre-test-layer
[ ! -e /etc/nacre-test-layer ] || fail "the host was written"
