# needs: userns overlay
# What --clear-env and --unset-env take away is not in /proc/1/environ either.
export HIDDEN_WORD=secret
for words in --clear-env '--unset-env HIDDEN_WORD' '--as-root --clear-env' \
	'-u 0 --unset-env HIDDEN_WORD'; do
	# shellcheck disable=SC2086 # words
	keep nacre run -q --rm $words -- /bin/cat /proc/1/environ
	! grep -aq secret "$T/tmp/stdout" || fail "it is there with $words"
done
