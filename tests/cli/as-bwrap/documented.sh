# Each option of the help has its place in nacre-bwrap(1), which has none besides; and each difference that the comparison takes
# for meant is told there.
page=$SOURCE/man/nacre-bwrap.1.scd
nacre as bwrap --help | sed -nE 's/^    (--[a-z0-9-]+).*/\1/p' | sort >options
sed -nE '/^# OPTIONS/,/^# EXIT/ s/^(\*--.*)/\1/p' "$page" | grep -oE -e '\*--[a-z0-9-]+\*' | tr -d '*' | sort -u >paragraphs
[ -s options ] || fail "the help lists no option"
diff -u options paragraphs || fail "the help and the page differ"
tr -s ' \n' '  ' <"$page" >flat
awk 'NR > 3 && /^# / { sub(/^# /, ""); text = text " " $0; next }
	text { print substr(text, 2); text = "" }' "$SOURCE/tests/compare/bwrap.differences" >differences
[ -s differences ] || fail "there are no differences"
while read -r text; do
	grep -qF -e "- $text" flat || fail "not in the page: $text"
done <differences
