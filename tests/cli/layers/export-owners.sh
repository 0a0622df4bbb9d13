# needs: archive userns overlay range
# Owners are those that the box saw; a saved layer of it is removed with all of them.
small_root root
box root -n fix --as-root -- sh -c 'mkdir d; touch d/root d/user; chown 7:8 d/user; chmod 700 d; chown 9 d'
expect_status 0 nacre export fix -o out.tar
expect_output '0/0 7/8 9/0' sh -c 'echo $(tar --numeric-owner -tvf out.tar | awk "/d\\/root/ || /d\\/user/ || / d\\/\$/ { print \$2 }" | sort)'
expect_status 0 nacre save fix layer
expect_output '0:0 7:8' box root --rm --as-root -l layer -- sh -c 'echo $(stat -c %u:%g d/root d/user)'
expect_status 0 nacre layers --rm layer
[ -z "$(ls -A "$HOME/.local/share/nacre/layers")" ] || fail "something is left"
expect_status 0 nacre rm fix
