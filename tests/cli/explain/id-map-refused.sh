# needs: newuidmap tool:setpriv
# More than one id is mapped by a process without the right to.
expect_error id-map-refused unshare --user --map-root-user --map-auto \
	setpriv --bounding-set=-setuid nacre run true
