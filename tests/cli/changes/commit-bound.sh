# needs: userns overlay
# Over what is bound into the box changes are those of the directory that was bound, whatever the base has at that place.
small_root root
mkdir -p src/sub root/src other
echo old >src/file && echo old >src/sub/file && echo of the root >root/src/file && chmod 755 root/src
change='cd /src; echo more >>file; echo more >>sub/file; echo x >new'

box root -q -n b -b "$T/src:/src" -o /src -- sh -c "$change"
nacre status --porcelain b
expect_status 0 nacre commit b
[ "$(cat src/file src/sub/file src/new)" = 'old
more
old
more
x' ] || fail 'the bound directory has not got it'
[ "$(cat root/src/file)" = 'of the root' ] && [ ! -e root/src/new ]
expect_status 0 nacre undo
[ "$(cat src/file)" = old ] && [ ! -e src/new ]

echo '--- a directory below the bind'
box root -q -n c -b "$T/src:/src" -o /src/sub -- sh -c 'cd /src/sub && echo more >>file'
nacre status --porcelain c
nacre commit -q c
[ "$(cat src/sub/file)" = 'old
more' ] && nacre undo -q

echo '--- over the host'
nacre run -q -n d -b "$T/src:$T/other" -o "$T/other" -- sh -c 'cd other && echo more >>file && rm -r sub'
nacre status --porcelain d | sed "s,$T/,,"
nacre commit -q d
[ -z "$(ls other)" ] && [ ! -e src/sub ] && nacre undo -q

# A place that only the box has.
box root -q -n e -o /nowhere -- sh -c 'echo x >/nowhere/new'
expect_error commit-no-base nacre commit e
