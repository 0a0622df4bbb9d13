# needs: userns overlay
# A directory of boxes that others may write in is not looked at; without a user namespace, what is one's own goes.
state=$XDG_STATE_HOME/nacre
nacre run -q -n fix touch new
mkdir -p "$state/boxes/.removed-a/sealed/inner"
chmod 0 "$state/boxes/.removed-a/sealed"
chmod 770 "$state"
expect_error state-foreign nacre gc
expect_error state-foreign nacre ls
expect_error state-foreign nacre rm fix
chmod 700 "$state"
expect_status 0 "$REFUSE" unshare:ENOSPC -- nacre gc
expect_match '^removed: box a, '
[ "$(ls -A "$state/boxes")" = fix ]
nacre rm fix
