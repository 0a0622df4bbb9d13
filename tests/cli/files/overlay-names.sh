# needs: userns overlay
# Layers and uppers with every byte that names can have.
small_root root
for name in 'a,b' 'c:d' 'e\f' 'g"h' 'i j' $'k\nl' $'\xff\xfe' '\' ',:' 'lowerdir=x'; do
	mkdir -p "$T/$name/low" "$T/$name/up"
	echo "$name" >"$T/$name/low/file"
	escaped=${name//\\/\\\\}
	escaped=${escaped//,/\\,}
	expect_output "$name" box root -o "/o,lower=$T/$escaped/low,upper=$T/$escaped/up" -- \
		sh -c 'cat /o/file; touch /o/new'
	[ -e "$T/$name/up/new" ] || fail "$name: not written to the upper"
	expect_output "$name" box root -l "$T/$name/low" -- cat /file
	colons=${escaped//:/\\:}
	expect_output "$name" box root -o "/o,lowerdir=$T/$colons/low:root/etc" -- cat /o/file
	expect_output "$name" box "root" -o "/o\\,${escaped},lower=$T/$escaped/low" -- cat "/o,$name/file"
done
