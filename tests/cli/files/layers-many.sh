# needs: userns overlay
# 498 layers, the base, nacre's own and an upper; one more than the kernel takes is explained.
small_root root
options=()
for i in $(seq 498); do
	mkdir -p "layers/$i/etc"
	echo "$i" >"layers/$i/etc/file"
	options+=(-l "layers/$i")
done
touch layers/1/only-in-1
expect_output 498 box root "${options[@]}" -- sh -c 'ls /only-in-1 >&2; cat /etc/file'
expect_output 498 box root "${options[@]}" --ro -- cat /etc/file
mkdir layers/one layers/two layers/three
expect_status 125 box root "${options[@]}" -l layers/one -l layers/two -l layers/three -- true
expect_match '500|layers'
expect_no_match '\[bug\]'
