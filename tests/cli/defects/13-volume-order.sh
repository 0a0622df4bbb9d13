# needs: userns overlay
# Defect 13: volumes were mounted in reverse order, so the first was on top.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
small_root root
mkdir -p root/a one/in two three
for dir in one two three; do
	echo $dir >$dir/file
done
expect_output three nsroot_in root -v "$T/one:/a" -v "$T/two:/a" -v "$T/three:/a" -- cat /a/file
expect_output 'one two' nsroot_in root -v "$T/one:/a" -v "$T/two:/a/in" -- sh -c 'echo $(cat /a/file /a/in/file)'
expect_output one nsroot_in root -v "$T/two:/a/in" -v "$T/one:/a" -- sh -c 'cat /a/file; ls /a/in'
