# Each option that a verb's help lists has a paragraph in the verb's page, and the page has none
# besides. The pages of try, enter and start leave those that they have from run to that.
options_of()
{
	"$NACRE" "$1" -h | sed -nE 's/^  (-(.), |    )--([a-z-]+).*/\2 \3/p' |
		sed -E 's/^(.) (.*)/-\1 --\2/; s/^ (.*)/--\1/' | sort
}

paragraphs_of()
{
	sed -nE 's/^(\*-(.)\*, )?\*--([a-z-]+)\*.*/\2 \3/p' "$SOURCE/man/nacre-$1.1.scd" |
		sed -E 's/^(.) (.*)/-\1 --\2/; s/^ (.*)/--\1/' | sort
}

"$NACRE" help | sed -nE 's/^  ([a-z]+) .*/\1/p' >tmp/verbs
[ -s tmp/verbs ] || fail "nacre help lists no verb"
options_of run >tmp/run
while read -r verb; do
	case $verb in as | help) continue ;; esac # no options of their own
	options_of "$verb" >tmp/options
	paragraphs_of "$verb" >tmp/paragraphs
	[ -s tmp/options ] || fail "nacre $verb -h lists no option"
	case $verb in
	try | enter | start)
		sort -u tmp/paragraphs tmp/run -o tmp/paragraphs
		sort -u tmp/options tmp/run -o tmp/options
		;;
	esac
	diff -u --label "nacre $verb -h" --label "nacre-$verb(1)" tmp/options tmp/paragraphs ||
		fail "nacre-$verb(1) and the options differ"
done <tmp/verbs
