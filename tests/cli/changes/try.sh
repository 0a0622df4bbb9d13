# needs: userns overlay
# Without a terminal nothing is asked and nothing applied; the answer can be given beforehand.
mkdir d
cd d
echo old >f
names()
{
	sed -E "s/in box [a-z]+;/in box NAME;/; s/(status|diff|commit|rm) [a-z]{5}([,]|\$)/\1 NAME\2/g; s/^box [a-z]+:/box NAME:/"
}

nacre try -- sh -c 'echo new >f; mkdir made; exit 3' 2>&1 </dev/null | names
echo "status ${PIPESTATUS[0]}"
[ "$(cat f)" = old ] && [ ! -e made ]
nacre try --apply -- sh -c 'echo new >f' 2>&1 | names
[ "$(cat f)" = new ]
nacre try --discard -- sh -c 'echo newer >f' 2>&1 | names
[ "$(cat f)" = new ]
nacre try --discard --json -q -- sh -c 'echo newer >f' >../json 2>/dev/null
grep -q '"kind": "M"' ../json
nacre try -- true
expect_status 0 nacre try --dry-run -- true
expect_error usage-no-command nacre try
