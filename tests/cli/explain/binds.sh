# needs: userns overlay outside
# Binds whose source or place does not fit.
mkdir -p low mount
: >file
ln -s loop loop

expect_error bind-source-missing nacre run -b nothing:/mnt true
expect_match "cannot bind $T/nothing on /mnt: there is nothing at the source"
expect_error bind-file-on-directory nacre run -b file:/mnt true
expect_error bind-file-on-directory nacre run -b low:/etc/passwd true
expect_match 'fix     choose a place that is a directory'
expect_error path-through-file nacre run -b file/x:/mnt true
expect_error symlink-loop nacre run -b loop:/mnt true
expect_error name-too-long nacre run -b "$(printf 'x%.0s' $(seq 300)):/mnt" true
expect_error bind-submounts unshare --user --map-root-user --mount sh -eu -c '
	mount -t tmpfs tmpfs mount && mkdir mount/in && mount -t tmpfs tmpfs mount/in
	exec nacre run -b mount:/mnt:norec true'
expect_error flag-locked unshare --user --map-root-user --mount sh -eu -c '
	mount --bind -o ro low mount
	exec nacre run -b mount:/mnt -m remount,,/mnt,rw true'
