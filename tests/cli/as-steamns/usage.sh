# -h prints the usage and answers 0; what is no option, or lacks its value, prints a message and the usage, and answers 1.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
for program in steamns "$NACRE as steamns"; do
	# shellcheck disable=SC2086 # words
	expect_status 0 $program -h
	grep -q '^Usage: steamns -h' tmp/stdout || fail "no usage"
	[ ! -s tmp/stderr ] || fail "a message with the help"
done
for letter in h p r H M G W k w e c j D; do
	grep -qE "^  -$letter " tmp/stdout || fail "the usage lacks -$letter"
done
for words in -x -Mx -1 --help $'-\e'; do
	expect_status 1 steamns "$words"
	grep -q '^Usage: steamns' tmp/stdout || fail "$words: no usage on stdout"
	grep -q '^steamns: there is no option -' tmp/stderr || fail "$words: no message"
done
expect_match 'no option -\?'
for letter in p e c j; do
	expect_status 1 steamns -$letter
	grep -q "^steamns: a value is missing for -$letter" tmp/stderr || fail "-$letter: no message"
	grep -q '^Usage: steamns' tmp/stdout || fail "-$letter: no usage"
done
