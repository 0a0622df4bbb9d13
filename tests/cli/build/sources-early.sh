# needs: userns overlay
# Sources are those of the host, whatever earlier steps put over them in the box, also when the box's root is the host's own.
mkdir -p a/sub b c
echo host >a/file
echo below >a/sub/file
echo other >b/file
ln -s "$T/a" link
for writes in --rm --ro --rw; do
	expect_output 'other host below host host' nacre run $writes -b "$T/b:$T/a" -b "$T/a:$T/b" -b "$T/a/sub:$T/c" \
		--tmpfs "$T/d" --file-from "$T/a/file" "$T/d/copy" -b "$T/link:$T/d/l" -- \
		sh -c 'echo $(cat "$1/a/file" "$1/b/file" "$1/c/file" "$1/d/copy" "$1/d/l/file")' sh "$T"
done
expect_output 'host' nacre run --rm --tmpfs "$T" -o "$T/o,lower=$T/a,lower=$T/b/" -b "$T/a:$T/x" -- cat "$T/x/file"
