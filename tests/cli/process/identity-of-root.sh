# needs: root userns overlay
# Called by root, every id is mapped to itself; with --no-userns there is no namespace to map.
expect_output 0:0 nacre run --rm -- sh -c 'echo $(id -u):$(id -g)'
expect_output '77' nacre run --rm -- sh -c 'touch new && chown 77 new && stat -c %u new'
here=$(readlink /proc/self/ns/user)
[ "$(nacre run --rm -- readlink /proc/self/ns/user)" != "$here" ] || fail "no user namespace"
expect_output "$here" nacre run --rm --no-userns -- readlink /proc/self/ns/user
expect_output '77' nacre run --rm --no-userns -- sh -c 'touch new && chown 77 new && stat -c %u new'
