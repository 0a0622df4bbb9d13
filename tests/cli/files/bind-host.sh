# needs: userns overlay
# The host whole, bound into another root: it is the host, not the box itself, with what is mounted in it.
small_root root
mkdir root/mnt root/also
echo outside >file
for options in "" --rw; do
	expect_output outside box root -q $options -b /:/mnt -- cat "/mnt$T/file"
	expect_output 'outside outside' box root -q $options -b /:/mnt -b /:/also:ro -- sh -c 'echo $(cat "/mnt$1/file" "/also$1/file")' sh "$T"
	expect_status 0 box root -q $options -b /:/mnt -- test -d /mnt/proc/self
done
