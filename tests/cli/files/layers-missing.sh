# needs: userns overlay
# A layer that is not there, or is no directory, is an error, never passed over.
small_root root
touch file
for writes in --rm --ro; do
	expect_error layer-missing box root "$writes" -l ./none -- true
	expect_error layer-missing box root "$writes" -l ./none -l root/etc -- true
	expect_error layer-not-directory box root "$writes" -l root/etc -l file -- true
	expect_error layer-missing nacre run "$writes" -l ./none -- true
done
