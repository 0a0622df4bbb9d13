# needs: userns overlay
# Defect 21: the options of an overlay beyond a page were cut off, and another stack was mounted or none. Hundreds of layers with long
# names are all there, in their order; where the kernel takes them as one string only, there is an error instead.
name=$(printf 'a,b:c\\%0180d' 0)
options=''
mkdir stacks place
for i in $(seq 300); do
	mkdir "stacks/$name-$i"
	echo "$i" >"stacks/$name-$i/top"
	: >"stacks/$name-$i/of-$i"
	escaped=${name//\\/\\\\}
	options+=,lower=stacks/${escaped//,/\\,}-$i
done
[ ${#options} -gt 40000 ] || fail "too short to tell"
for more in "" ,tmp; do
	keep nacre run --rm -o "place$options$more" -- sh -c 'echo $(cat place/top) $(ls place | wc -l)'
	[ "$(cat tmp/stdout)" = '300 301' ] || fail "status $status: $(cut -c1-200 tmp/stdout tmp/stderr)"
done
expect_error overlay-options-long "$REFUSE" fsopen,open_tree,move_mount,mount_setattr,fsmount -- nacre run --rm -o "place$options" true
