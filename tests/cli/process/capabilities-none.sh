# needs: user userns overlay
# With an id other than root's the command has no capability, and no_new_privs keeps it so.
want='CapInh:	0000000000000000
CapPrm:	0000000000000000
CapEff:	0000000000000000
CapAmb:	0000000000000000'
for words in '' '--share pid' '-u 5:6' '-u 0 --cap-drop all'; do
	# shellcheck disable=SC2086 # words
	expect_output "$want" nacre run --rm $words -- \
		grep -E '^Cap(Inh|Prm|Eff|Amb)' /proc/self/status
done
