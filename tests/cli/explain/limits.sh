# needs: userns overlay
# Limits of the machine, and a kernel that lacks what is needed. The errno alone is what counts here.
expect_error too-many-files sh -c 'ulimit -n 12; nacre run true'
expect_match 'this process may open 12 files'
expect_error no-memory "$REFUSE" fsopen:ENOMEM -- nacre run true
expect_error mount-limit "$REFUSE" move_mount:ENOSPC -- nacre run true
expect_error mount-seccomp "$REFUSE" pivot_root:EPERM -- nacre run true
expect_error kernel-too-old "$REFUSE" fsconfig -- nacre run true
expect_error bug "$REFUSE" signalfd4:EBADF -- nacre run true
