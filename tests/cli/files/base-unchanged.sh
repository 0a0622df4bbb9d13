# needs: userns overlay tool:getfattr
# Whatever a box does to every kind of entry, the base stays the same to the byte.
small_root root
hostile_tree root/tree
cp -a root before
expect_status 0 box root -- sh -c '
	cd /tree
	find . -type f -exec sh -c "echo more >>\"\$1\"" sh {} \; 
	find . -type f -exec chmod 640 {} \; -exec touch -d @0 {} \;
	ln tool another; mv secret secret2; rm -r "with space"; mkdir "with space"
	ln -sf elsewhere soft-link; rm fifo; chmod 700 sticky; truncate -s 0 sparse'
same_tree before root
expect_status 0 box root --rm -- rm -rf /tree /etc/file
same_tree before root
