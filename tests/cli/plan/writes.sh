# needs: tool:jq
# Where writes to the base go, by --writes and by the short options; the later wins.
for option in --writes=keep --writes=drop --writes=deny --writes=host --rm --ro --rw '--ro --rm'; do
	# shellcheck disable=SC2086 # two options
	echo "$option: $(plan_json '.steps[0].description' $option)"
done
expect_error spec-value "$NACRE" run --root root --writes perhaps true
expect_error plan-layers-writes-host "$NACRE" run --root root --rw -l / true
