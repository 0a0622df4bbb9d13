# needs: userns overlay user
# What cannot be removed is told, and the rest goes.
boxes=$XDG_STATE_HOME/nacre/boxes
nacre run -q -n fix touch new
mkdir "$boxes/.removed-a" "$boxes/.removed-b" "$boxes/.removed-b/mine"
expect_status 0 "$REFUSE" unshare:ENOSPC -- nacre gc
[ "$(ls -A "$boxes")" = fix ]
mkdir -p "$boxes/.removed-c/sub"
chmod 755 "$XDG_STATE_HOME/nacre"
chmod 775 "$XDG_STATE_HOME/nacre"
expect_error state-foreign nacre gc
expect_error state-foreign nacre ls
expect_error state-foreign nacre rm fix
chmod 700 "$XDG_STATE_HOME/nacre"
