# needs: userns overlay
# Layers over the host's own tree.
mkdir -p layer/etc layer/usr/share/nacre-test-layer
echo layer | tee layer/etc/nacre-test-layer >layer/usr/share/nacre-test-layer/file
expect_output 'layer layer' nacre run --rm -l layer -- \
	sh -c 'echo $(cat /etc/nacre-test-layer /usr/share/nacre-test-layer/file)'
expect_output 'layer' nacre run --ro -l layer -- cat /etc/nacre-test-layer
[ ! -e /etc/nacre-test-layer ] || fail "the host was written"
