# needs: userns overlay
# A descriptor of 0, 1, 2 that the caller closed does not become a file of nacre's.
look='for n in 0 1 2; do readlink /proc/self/fd/$n || echo none; done >"$1" 2>/dev/null'
for closed in '<&-' '>&-' '2>&-' '<&- >&-' '<&- >&- 2>&-'; do
	: >seen && chmod 666 seen
	eval "nacre run --rm -b '$T/seen' -- sh -c '$look' sh '$T/seen' $closed"
	if grep -vE "^(none|/dev/null|$T/seen|pipe:.*|$T\.raw|/proc/.*|/dev/.*)\$" seen; then
		fail "with $closed: $(cat seen)"
	fi
done
expect_status 3 sh -c 'exec nacre run --rm -- sh -c "exit 3" <&- >&- 2>&-'
