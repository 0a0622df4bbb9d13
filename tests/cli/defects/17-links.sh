# needs: userns overlay
# Defect 17: a box was a symbolic link, and what stood there was followed whatever it was.
# A link in the place of a box, or in one, is refused and named, or replaced; what it leads to is left as it is.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/live.sh"
small_root root
mkdir -p elsewhere/upper elsewhere/work "$XDG_STATE_HOME/nacre/boxes"
echo secret >elsewhere/file
describe()
{
	find elsewhere -printf '%p %y %m %s %T@ %C@\n' | sort
}
describe >before
space_before=$(readlink /proc/self/ns/pid)

# refused COMMAND…
refused()
{
	expect_status 125 "$@"
	expect_match '^nacre: (cannot .*linked|there is no box linked$)'
	describe | diff -u before -
}
for target in "$T/elsewhere" /proc/2147483647/ns "$T/nowhere" "/proc/$$/ns" /proc/self linked; do
	ln -s "$target" "$(dir_of linked)"
	refused enter linked true
	refused started linked
	refused nacre stop linked
	refused box root -n linked -- true
	refused nacre rm linked
	[ -L "$(dir_of linked)" ] || fail "the link to $target is gone"
	[ ! -e nowhere ] || fail 'what a link led to was made'
	rm "$(dir_of linked)"
done

# The name of a link is not another name of a box that lives.
started real
ln -s real "$(dir_of linked)"
refused enter linked true
refused nacre stop linked
[ "$(space_of real)" != "$space_before" ]
rm "$(dir_of linked)"
nacre stop real
