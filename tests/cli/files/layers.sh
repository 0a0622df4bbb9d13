# needs: userns overlay
# -l: each layer lies over the one before, entries of all of them are there, and none is written.
small_root root
for i in 1 2 3; do
	mkdir -p "$i/etc" "$i/d$i"
	echo "$i" | tee "$i/etc/file" "$i/etc/$i" "$i/d$i/f" >/dev/null
done
cp -a 1 before
expect_output '3 1 2 3 3' box root -l 1 -l 2 -l 3 -- \
	sh -c 'cd /etc; echo $(cat file 1 2 3 /d3/f); echo new >/etc/1; rm -r /d1'
diff -r before 1
expect_output '1' box root -l 3 -l 2 -l 1 --ro -- cat /etc/file
