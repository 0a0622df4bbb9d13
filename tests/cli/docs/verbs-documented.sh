# Each verb has a page, or is explained in nacre(1) as "help" is; nacre(1) names all of them.
"$NACRE" help | sed -nE 's/^  ([a-z]+) .*/\1/p' >tmp/verbs
[ -s tmp/verbs ] || fail "nacre help lists no verb"
while read -r verb; do
	grep -q "^\*$verb\*" "$SOURCE/man/nacre.1.scd" || fail "nacre(1) lacks the verb $verb"
	[ "$verb" = help ] || [ -e "$SOURCE/man/nacre-$verb.1.scd" ] || fail "$verb has no page"
done <tmp/verbs
