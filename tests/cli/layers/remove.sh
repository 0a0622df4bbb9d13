# needs: userns overlay
# A layer goes with all its files, but not under a box that stands on it.
layers=$HOME/.local/share/nacre/layers
small_root root
box root -n fix -- sh -c 'mkdir -p /new/dir; touch /new/dir/file; chmod 0 /new/dir'
expect_status 0 nacre save fix one
expect_status 0 nacre save fix two
expect_status 0 nacre save fix three
mkfifo ready go
box root --rm -b "$T" -l one -- sh -c "echo >$T/ready; cat $T/go" &
cat ready
expect_error layer-in-use nacre layers --rm one
expect_match 'held by process [0-9]+: '
expect_error layer-in-use nacre layers --rm two one
expect_error layer-unknown nacre layers --rm two four
echo >go
wait
expect_status 0 nacre layers --rm one two
[ "$(names "$layers")" = 'three three.layer ' ] || fail "left: $(names "$layers")"
expect_error layer-unknown nacre layers --rm thre
expect_match 'did you mean three\?'
expect_error layer-unknown nacre layers --rm ../layers/three
expect_error usage-words nacre layers --rm
expect_status 0 nacre layers --rm three
expect_status 0 nacre rm fix
