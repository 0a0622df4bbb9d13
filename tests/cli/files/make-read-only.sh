# needs: userns overlay
# Directories, links, files and mount points are made on a read-only base too, not in the root.
small_root root
cp -a root before
expect_output 'to text' box root --ro --dir /d/e --symlink to /d/l --file /d/f=text --tmpfs /t/t -- \
	sh -c 'test -d /d/e && test -d /t/t && echo $(readlink /d/l) $(cat /d/f)'
diff -r --no-dereference before root
