# needs: userns overlay
# Any name can be given: a backslash makes a comma, a colon and a backslash part of it.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
for name in 'a,b' 'c:d' 'e\f' 'g h' 'i=j' $'k\nl' $'\xff\xfe' 'm"n' '*' ',' '\' '\,' '\\,' ',\'; do
	dir=$T/x$name
	mkdir "$dir" "$dir/low" "$dir/up" "$dir/work" "$dir/m" "$dir/from"
	echo "in $name" >"$dir/low/file"
	: >"$dir/from/copied"
	escaped=${dir//\\/\\\\}
	escaped=${escaped//,/\\,}
	escaped=${escaped//:/\\:}
	expect_output "in $name" overlayns -o "$escaped/m,lowerdir=$escaped/low" cat "$dir/m/file"
	expect_status 0 overlayns \
		-o "$escaped/m,lowerdir=$escaped/low:$T/home,upperdir=$escaped/up,workdir=$escaped/work,copyfrom=$escaped/from" \
		sh -c 'cd "$1" && [ -e file ] && [ -e copied ] && touch written' sh "$dir/m"
	[ -e "$dir/up/written" ] && [ -e "$dir/up/copied" ] || fail "$name: the upper is another one"
	expect_output "in $name" overlayns -m "bind,$escaped/low,$escaped/m" cat "$dir/m/file"
	expect_output "in $name" overlayns -m "bind,$escaped/low,$escaped/m" -o "$escaped/m,shadow,tmp" cat "$dir/m/file"
done
# As the last byte it escapes nothing.
expect_error 33 spec-escape overlayns -o '/m,lowerdir=/a\' true
expect_error 33 spec-escape overlayns -m 'tmpfs,none,home\' true
