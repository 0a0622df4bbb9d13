# needs: userns overlay
# Without openat2 links of a root are followed inside it, never out of it.
small_root root && mkdir root/real root/outside outside
ln -s ../../../../../../outside root/up && ln -s /real root/inside && ln -s "$T/outside" root/out
for calls in close_range openat2; do
	expect_status 0 "$REFUSE" $calls -- nacre run --rm --root root "${host_programs[@]}" \
		--file /inside/a=text --dir /up/b -- cat /real/a
	expect_match text
	[ -z "$(ls outside)" ] || fail "$calls: it reached outside: $(ls outside)"
done
