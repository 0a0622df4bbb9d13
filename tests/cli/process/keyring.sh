# needs: userns overlay tool:keyctl
# The caller's session keyring is not the box's.
keyctl session - sh -c '
	id=$(keyctl add user nacre-test secret @s)
	keyctl print "$id" >/dev/null
	! nacre run --rm -- keyctl search @s user nacre-test 2>/dev/null
'
