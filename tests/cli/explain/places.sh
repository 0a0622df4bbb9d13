# needs: userns overlay
# Places in the box that are not there, are there already, or lead out of it.
mkdir -p low root/dir
: >file
ln -s /proc/self/fd/0 root/magic
ln -s loop root/loop

expect_error mount-point-missing nacre run -b "low:/no/such/place:mkdir=never" true
expect_error mount-point-exists nacre run -b "low:/mnt:mkdir=require" true
expect_error mount-point-parent nacre run -b low:/mnt --symlink target /mnt/no/place true
expect_error mount-point-readonly nacre run -b low:/mnt -b low:/mnt/below true
expect_error target-exists nacre run --symlink target /etc true
expect_error target-link nacre run --root root -b low:/loop/x true
expect_error file-source-missing nacre run --file-from nothing /mnt/x true
expect_error file-source-special nacre run --file-from low /mnt/x true
expect_error root-missing nacre run --root nothing true
expect_error root-missing nacre run --root file true
expect_match "cannot use $T/file as the root: it is not a directory"
expect_error not-a-mount-point nacre run --root root -m remount,,/dir,ro true
expect_error move-locked nacre run --root root -m move,/dir,/other true
