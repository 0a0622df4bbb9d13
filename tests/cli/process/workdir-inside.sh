# needs: userns overlay
# A working directory that has another name in the box: where a bind, an overlay or the root shows it.
small_root root
mkdir -p root/sub/deep project/src/a layer/x
binds=(-b /usr:/usr:ro -b /bin:/bin:ro -b /lib:/lib:ro)
[ ! -e /lib64 ] || binds+=(-b /lib64:/lib64:ro)
in_box()
{
	local dir=$1

	shift
	(cd "$dir" && nacre run -q --rm --root "$T/root" "${binds[@]}" "$@" -- /bin/pwd)
}
expect_output '/sub/deep' in_box root/sub/deep
expect_output '/' in_box project/src
expect_output '/work/src/a' in_box project/src/a -b "$T/project:/work"
# By components; the last that shows it counts.
mkdir project2
expect_output '/' in_box project2 -b "$T/project:/work"
expect_output '/second' in_box project/src -b "$T/project:/work" -b "$T/project/src:/second"
expect_output '/over/x' in_box layer/x -o "/over,lower=$T/layer"
# What has its name keeps it, and -w is what it says.
expect_output "$T/project" in_box project -b "$T/project" -b "$T/project:/work"
expect_output '/usr' in_box project -b "$T/project:/work" -w /usr

# Whoever joins as well.
nacre start -q --root "$T/root" "${binds[@]}" -b "$T/project:/work" dev
cd project/src
expect_output '/work/src' nacre exec dev /bin/pwd
cd "$T/root/sub"
expect_output '/sub' nacre enter dev -- /bin/pwd
nacre stop dev
