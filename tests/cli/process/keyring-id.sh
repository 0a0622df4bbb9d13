# needs: userns overlay
# The command has a session keyring of its own.
outside=$(awk '/_ses/ { print $1 }' /proc/keys)
inside=$(nacre run --rm -- awk '/_ses/ { print $1 }' /proc/keys)
for id in $outside; do
	[ -z "$id" ] || ! grep -qx "$id" <<<"$inside" || fail "the box has the keyring $id"
done
