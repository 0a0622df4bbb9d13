# needs: user userns overlay outside
# What this user may not apply is said before anything is touched, for every path at once.
mkdir d
nacre run -q -n b -- sh -c 'echo x >/usr/local/bin/nacre-test; echo x >/usr/local/nacre-test; echo x >d/mine'
expect_error commit-refused nacre commit b
expect_match '/usr/local/bin: you may not write'
expect_match '/usr/local: you may not write'
[ ! -e d/mine ] || fail 'a part was applied'
nacre commit -q b d
[ "$(cat d/mine)" = x ]
expect_error commit-refused nacre commit --dry-run b
expect_match 'as root: nacre commit --from'
nacre rm b

# Root's command names the places where the right is missing; many as the one that they are in.
nacre run -q -n b -- sh -c 'echo x >/usr/local/bin/nacre-test; echo x >/opt/nacre-test; echo x >d/mine'
expect_error commit-refused nacre commit b
expect_match "the rest as root: nacre commit --from $XDG_STATE_HOME/nacre/boxes/b (/usr/local/bin /opt|/opt /usr/local/bin)  "
nacre rm b
nacre run -q -n b -- sh -c 'for d in bin etc games include sbin src; do echo x >/usr/local/$d/nacre-test; done'
expect_error commit-refused nacre commit b
expect_match "the rest as root: nacre commit --from $XDG_STATE_HOME/nacre/boxes/b /usr/local  "
nacre rm b
