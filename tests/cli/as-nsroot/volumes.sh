# needs: userns overlay
# -v SRC:DEST[:ro|:rw]: binds, in the order given; colons escaped; what is mounted below SRC comes along.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
small_root root
mkdir -p root/a root/b one/sub two
echo one >one/file
echo two >two/file
expect_output one nsroot_in root -v "$T/one:/a" -- cat /a/file
# DEST is one of the new root, however it is written; SRC may be relative to the working directory.
expect_output one nsroot_in root -v "$T/one:a" -- cat /a/file
expect_output one nsroot_in root -v one:/a -- cat /a/file
expect_output one nsroot_in root -v "$T/one/file:/etc/file" -- cat /etc/file
# The last one is on top, and a later one can lie in an earlier one.
expect_output two nsroot_in root -v "$T/one:/a" -v "$T/two:/a" -- cat /a/file
expect_output 'one two' nsroot_in root -v "$T/one:/a" -v "$T/two:/a/sub" -- sh -c 'echo $(cat /a/file /a/sub/file)'
expect_status 0 nsroot_in root -v "$T/one:/a:rw" -v "$T/two:/b:ro" -- sh -c 'touch /a/new && ! touch /b/new 2>/dev/null'
[ -e one/new ] || fail "it was not written for real"
# A place that is missing is there in the new root alone.
expect_output one nsroot_in root -v "$T/one:/new/place" -- cat /new/place/file
[ ! -e root/new ] || fail "it was made in the root"
# Any name.
for name in 'c:d' 'e\f' 'g,h' $'i\nj' '-v' $'\xff'; do
	mkdir "x$name" "root/x$name"
	echo "in $name" >"x$name/file"
	escaped=${name//\\/\\\\}
	escaped=${escaped//:/\\:}
	expect_output "in $name" nsroot_in root -v "$T/x$escaped:/x$escaped:ro" -- cat "/x$name/file"
done
for value in '' "$T/one" ":/a" "$T/one:" "$T/one:/a:" "$T/one:/a:rx" "$T/one:/a:ro:x" "$T/one:/a\\"; do
	expect_status 255 nsroot -v "$value" root true
	expect_match '^nsroot: '
done
expect_error 125 bind-source-missing nsroot_in root -v "$T/none:/a" -- true
