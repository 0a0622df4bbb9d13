# needs: userns overlay
# As many layers as the kernel takes, which is 500 with the base and with nacre's own, and one more.
small_root root
mkdir root/proc root/dev
options=()
for i in $(seq 498); do
	mkdir -p "layers/$i/etc"
	echo "$i" >"layers/$i/etc/file"
	options+=(-l "layers/$i")
done
touch layers/1/only-in-1
expect_output 498 box root --rm "${options[@]}" -- sh -c 'ls /only-in-1 >&2; cat /etc/file'
expect_output 498 box root --ro "${options[@]}" -- cat /etc/file
mkdir layers/499 layers/500
options+=(-l layers/499)
expect_output 498 box root --rm --no-defaults "${options[@]}" -- cat /etc/file
# No room for a layer of nacre's own: with an upper, what it would hold is made there; without one there is no place.
expect_output 498 box root --rm "${options[@]}" -- cat /etc/file
expect_error plan-overlay-too-many-layers box root --ro "${options[@]}" -- true
expect_error plan-overlay-too-many-layers box root --rm --no-defaults "${options[@]}" -l layers/500 -- true
