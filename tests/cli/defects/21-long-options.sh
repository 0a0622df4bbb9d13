# needs: userns overlay
# Defect 21: layers whose names did not fit into one page were cut off without a word.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
long=$(printf '%0200d' 0)
layers=
mkdir m
for ((i = 0; i < 60; i++)); do
	mkdir -p "$long/$i"
	echo "$i" >"$long/$i/$i"
	layers="$layers${layers:+:}$T/$long/$i"
done
[ ${#layers} -gt 8192 ] || fail "not long enough"
expect_output 60 overlayns -o "m,lowerdir=$layers" sh -c 'ls m | wc -l'
expect_output 60 nacre run --rm -o "$T/m,lowerdir=$layers" -- sh -c 'ls m | wc -l'
