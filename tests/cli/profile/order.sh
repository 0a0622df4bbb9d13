# needs: tool:jq
# The options of a profile and its includes are taken in its place among the others.
printf 'hide /b\ninclude ./second\nhide /e\nnet none\n' >p
printf 'include deep/c\nhide /d\r\n' >second
mkdir deep
printf 'hide /c # no comment\n' >deep/c
nacre run --dry-run --json --hide /a -p ./p --net host --hide /f >plan
[ "$(jq -r '.steps[] | select(.kind == "hide" and .origin) | .dst' plan | tr '\n' ' ')" = \
	'/a /b /c # no comment /d /e /f ' ] || fail "$(cat plan)"
expect_output '"shared"' jq .namespaces.net plan
nacre run --dry-run --json --net host -p ./p >plan
expect_output '"own"' jq .namespaces.net plan
