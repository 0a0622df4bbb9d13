# needs: userns
# --dev has what programs look for; --bind takes devices away, --dev-bind keeps them.
expect_output text nacre as bwrap --ro-bind / / --dev /dev sh -c 'echo lost >/dev/null && head -c 9 /dev/zero >/dev/full 2>/dev/null || echo text >&2; cat /dev/null; echo text'
expect_status 0 nacre as bwrap --ro-bind / / --dev /dev sh -c '[ -c /dev/urandom ] && [ -d /dev/pts ] && [ -L /dev/ptmx ] && [ -w /dev/shm ] && [ -L /dev/stdin ]'
expect_status 0 nacre as bwrap --ro-bind / / --bind /dev /dev sh -c '! true </dev/null'
expect_status 0 nacre as bwrap --ro-bind / / --dev-bind /dev /dev sh -c 'true </dev/null'
# What is written into /dev can be executed, as with bubblewrap.
expect_output run nacre as bwrap --ro-bind / / --dev /dev sh -c 'printf "#!/bin/sh\necho run\n" >/dev/shm/x && chmod 700 /dev/shm/x && /dev/shm/x'
