# needs: userns overlay
# One box at length.
mkdir root root/etc layer
printf x >layer/file
small_root root
nacre run -q -n fix --root root -l layer -b /usr -w / -- sh -c 'echo changed >>/etc/file; echo >/file; echo >/new'
nacre run -q -n fix --root root -l layer -b /usr -w / -- true
expect_status 0 nacre inspect fix
expect_match '^box fix, kept$'
expect_match '^  command   true$'
expect_match '^  runs      2, the last 2[0-9]{3}-'
expect_match '^  changes   3, '
expect_match "^  directory $XDG_STATE_HOME/nacre/boxes/fix$"
expect_match "^  base      $T/root$"
expect_match "^  layer     $T/layer$"
expect_match "^  users     .*$(id -u)"
expect_match '^/, [0-9.]+ KB$'
expect_match "^  upper     $XDG_STATE_HOME/nacre/boxes/fix/upper/root$"
expect_match "^  lower     $T/layer$"
expect_no_match 'held|torn'

expect_error box-unknown nacre inspect fox
expect_match 'did you mean fix\?'
expect_error usage-extra-word nacre inspect fix fix
