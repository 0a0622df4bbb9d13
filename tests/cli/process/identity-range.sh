# needs: user userns overlay newuidmap
# --as-root is root with a range of ids: files can be given to others, and belong to them there.
expect_output '0:0' nacre run --rm --as-root -- sh -c 'echo $(id -u):$(id -g)'
expect_output '1000:1001' nacre run --rm --as-root -- \
	sh -c 'touch new && chown 1000:1001 new && stat -c %u:%g new'
expect_output '1000' nacre run --rm --as-root -- setpriv --reuid 1000 --clear-groups id -u
