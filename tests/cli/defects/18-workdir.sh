# needs: userns overlay
# Defect 18: -w with a directory outside the root was joined to /mnt of the box, which C++ turned into the directory itself, so
# that it failed or worked elsewhere than said.
# It is a place in the box and nothing else; one that is not there is an error that names it, for each way into a box.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/live.sh"
small_root root
mkdir -p here root/here/below root/mnt
ln -s "$T/here" root/out
ln -s /here/below root/in
into=(--root "$T/root" "${host_programs[@]}")

missing()
{
	local dir=$1

	shift
	expect_error workdir-missing "$@"
	expect_match "^nacre: cannot work in $dir"
}
started dev
for dir in "$T/here" "$T/root/here" /mnt/here /no/such/place; do
	missing "$dir" box root -q -w "$dir" -- true
	missing "$dir" box root -q --as-root -w "$dir" -- true
	missing "$dir" nacre enter first "${into[@]}" -w "$dir" -- true
	missing "$dir" nacre enter dev "${into[@]}" -w "$dir" -- true
done
missing "$T/here" box root -q -w here -- true
missing /out box root -q -w /out -- true
missing /out nacre enter dev "${into[@]}" -w /out -- true
# ".." does not leave it, nor does a link.
for way in "run -q --rm" "enter dev"; do
	# shellcheck disable=SC2086 # words
	for dir in /here/below /../../../here/below /here/../../here/below /in; do
		expect_output '/here/below' nacre $way "${into[@]}" -w "$dir" -- pwd -P
	done
	# The caller's own is a wish.
	# shellcheck disable=SC2086
	expect_output / nacre $way "${into[@]}" -- pwd -P
	mkdir -p "$T/here"
	# shellcheck disable=SC2086
	expect_output / sh -c 'cd here && exec nacre "$@"' sh $way "${into[@]}" -- pwd -P
done
nacre stop dev
