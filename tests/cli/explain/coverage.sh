# needs: tool:comm
# Every cause that nacre can name is provoked by a case, or has a reason in not-here.txt why not.
cd "$SOURCE/tests/cli"
nacre explain | awk '{ print $1 }' | LC_ALL=C sort >"$T/rows"
grep -ohE '(expect_error ([0-9]+ )?|met )[a-z0-9-]+' ./*/*.sh | awk '{ print $NF }' |
	LC_ALL=C sort -u >"$T/provoked"
awk -F '\t' 'NF != 2 || $2 == "" { print "not NAME, tab, reason: " $0 >"/dev/stderr"; exit 1 }
	{ print $1 }' explain/not-here.txt >"$T/listed"
LC_ALL=C sort -c "$T/listed"

told()
{
	[ -z "$1" ] || fail "$2: $(tr '\n' ' ' <<<"$1")"
}

LC_ALL=C sort -u "$T/provoked" "$T/listed" >"$T/known"
told "$(LC_ALL=C comm -23 "$T/rows" "$T/known")" "neither provoked nor in not-here.txt"
told "$(LC_ALL=C comm -23 "$T/listed" "$T/rows")" "in not-here.txt and no row"
told "$(LC_ALL=C comm -12 "$T/listed" "$T/provoked")" "provoked, and in not-here.txt"
told "$(LC_ALL=C comm -13 "$T/rows" "$T/provoked")" "provoked and no row"
