# The options that steamns -h lists are those of the table in nacre-steamns(1), and its statuses stand there.
ln -s "$NACRE" steamns
./steamns -h | sed -n 's/^  -\(.\) .*/\1/p' | sort >tmp/options
sed -n 's/^[|[]*\[ \*-\(.\)\*.*/\1/p' "$SOURCE/man/nacre-steamns.1.scd" | sort >tmp/table
[ -s tmp/options ] || fail 'steamns -h lists no option'
diff -u --label 'steamns -h' --label 'nacre-steamns(1)' tmp/options tmp/table
for status in 1 5 50 125 239 254; do
	grep -qE "^[|[]+\[? $status\$" "$SOURCE/man/nacre-steamns.1.scd" || fail "nacre-steamns(1) lacks the status $status"
done
