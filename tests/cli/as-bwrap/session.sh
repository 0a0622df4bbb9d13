# needs: userns
# --new-session: a session of its own; without it the caller's.
expect_output '1 1' nacre as bwrap --unshare-pid --ro-bind / / --proc /proc --new-session sh -c 'echo $(cut -d " " -f 5-6 /proc/self/stat)'
expect_output '0' nacre as bwrap --unshare-pid --ro-bind / / --proc /proc sh -c 'echo $(cut -d " " -f 6 /proc/self/stat)'
