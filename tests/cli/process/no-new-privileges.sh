# needs: userns overlay
# No set-uid program raises anything inside, whoever the command is.
for identity in '' '-u 0' --as-root '--cap-add sys_admin' '--share pid'; do
	# shellcheck disable=SC2086 # words
	expect_output 'NoNewPrivs:	1' \
		nacre run -q --rm $identity -- grep NoNewPrivs /proc/self/status
done
