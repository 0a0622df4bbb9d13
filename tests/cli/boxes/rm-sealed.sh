# needs: userns overlay
# Directories that nobody may read, write or enter.
nacre run -q -n sealed sh -c 'mkdir -p a/b/c; echo x >a/b/c/file; chmod 0 a/b/c a/b a'
expect_status 0 nacre ls
expect_match '^sealed +kept +1 +[0-9.]+ KB '
expect_output '' nacre rm sealed
[ -z "$(ls -A "$XDG_STATE_HOME/nacre/boxes")" ]

# Where no user namespace can be had, what is the caller's own goes all the same.
nacre run -q -n sealed sh -c 'mkdir -p a/b; chmod 0 a/b a'
if [ "$(id -u)" -ne 0 ]; then
	expect_status 0 "$REFUSE" unshare:ENOSPC -- nacre ls
	expect_match '^sealed +kept +1 +> '
fi
expect_output '' "$REFUSE" unshare:ENOSPC -- nacre rm sealed
[ -z "$(ls -A "$XDG_STATE_HOME/nacre/boxes")" ]
