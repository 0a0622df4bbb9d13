# needs: userns overlay
# Sources and places with every byte that names can have.
small_root root
i=0
for name in 'a,b' 'c\d' 'e"f' 'g h' $'i\nj' $'k\tl' $'\xff\xfe' '--' '*' "m'n" '$(o)'; do
	i=$((i + 1))
	mkdir "$T/$name"
	echo "$i" >"$T/$name/file"
	escaped=${name//\\/\\\\}
	expect_output "$i" box root -b "$T/$escaped:/at/$escaped" -- cat "/at/$name/file"
done
mkdir 'x:y'
echo colon >'x:y/file'
expect_output colon box root -b 'x\:y:/x\:y:ro' -- cat /x:y/file
