# needs: userns tool:bwrap
# timeout: 120
# Random lines by bubblewrap and by nacre: what they see inside is the same, but for what is meant (tests/compare/bwrap). The
# whole is ./dev compare.
NACRE=$NACRE PROBE=$(dirname "$PUSH")/compare-probe "$SOURCE/tests/compare/bwrap" -n 20 -s 1 >out || {
	grep -v '^ok' out
	fail "they differ"
}
grep -q '^ok 20 ' out || grep -q SKIP out || fail "not all were run"
