# needs: user userns overlay
# The user and group are the caller's, and no other id is mapped.
expect_output "$(id -u):$(id -g)" nacre run --rm -- sh -c 'echo $(id -u):$(id -g)'
expect_output "$(id -u) $(id -u) 1" nacre run --rm -- sh -c 'echo $(cat /proc/self/uid_map)'
expect_output "$(id -g) $(id -g) 1" nacre run --rm -- sh -c 'echo $(cat /proc/self/gid_map)'
expect_output deny nacre run --rm -- cat /proc/self/setgroups
