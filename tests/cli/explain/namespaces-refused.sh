# needs: userns
# A namespace is refused by a filter, by a policy, or because no process can be made.
expect_error userns-seccomp "$REFUSE" clone:EPERM -- nacre run true
expect_match 'a seccomp filter is in force'
expect_error userns-seccomp "$REFUSE" clone -- nacre run true
expect_error userns-policy "$REFUSE" clone:EACCES -- nacre run true
expect_error process-limit "$REFUSE" clone:EAGAIN -- nacre run true
