# Each option that a verb's help lists has a paragraph in the verb's page, and the page has none besides.
for verb in run status diff ls inspect rm gc doctor explain; do
	page=$SOURCE/man/nacre-$verb.1.scd
	"$NACRE" "$verb" -h | sed -nE 's/^  (-(.), |    )--([a-z-]+).*/\2 \3/p' |
		sed -E 's/^(.) (.*)/-\1 --\2/; s/^ (.*)/--\1/' | sort >tmp/options
	sed -nE 's/^(\*-(.)\*, )?\*--([a-z-]+)\*.*/\2 \3/p' "$page" |
		sed -E 's/^(.) (.*)/-\1 --\2/; s/^ (.*)/--\1/' | sort >tmp/paragraphs
	[ -s tmp/options ] || fail "nacre $verb -h lists no option"
	diff -u --label "nacre $verb -h" --label "nacre-$verb(1)" tmp/options tmp/paragraphs ||
		fail "nacre-$verb(1) and the options differ"
done
