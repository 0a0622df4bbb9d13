# needs: userns overlay
# --dir, --symlink, --file and --file-from make what they say, parents included.
small_root root
cp -a root before
printf 'copied' >src
chmod 750 src
box root --rm --dir /d/e,mode=700 --dir /s,mode=1777 --symlink ../target /d/link --file /d/f=text \
	--file /empty= --file-from src /d/copy -- sh -c '
	stat -c "%n %F %a" /d /d/e /s /d/link /d/f /empty /d/copy
	readlink /d/link; cat /d/f /d/copy'
diff -r --no-dereference before root
