# needs: userns overlay
# Many long words arrive whole.
word=$(printf '%01000d' 7)
mapfile -t words < <(yes "$word" | head -n 1500)
[ "$(nacre run --rm -- sh -c 'printf %s "$@" | wc -c' sh "${words[@]}")" = 1500000 ] ||
	fail "words are missing"
