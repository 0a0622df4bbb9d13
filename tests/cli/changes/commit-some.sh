# needs: userns overlay
# Paths and patterns: what is named is applied, the rest stays in the box and can be applied later.
mkdir -p d/src d/lib
cd d
echo 1 >src/a.c && echo 2 >src/b.c && echo 3 >lib/c.c
nacre run -q -n b -- sh -c 'for f in src/a.c src/b.c lib/c.c; do echo x >>$f; done; mkdir new; touch new/one new/two; rm -r lib; mkdir lib; echo l >lib/d.c'
nacre commit b 'src/*'
[ "$(cat src/a.c)" = '1
x' ] && [ "$(cat src/b.c)" = '2
x' ] && [ -e lib/c.c ] && [ ! -e new ]
echo '--- a part of a new directory'
nacre commit b new/one
[ -e new/one ] && [ ! -e new/two ]
nacre run -q -n b -- sh -c 'ls new lib'
echo '--- a part of a directory that was replaced'
nacre commit b lib/d.c
[ "$(ls lib)" = 'c.c
d.c' ]
nacre run -q -n b -- ls lib
nacre status --porcelain b | sed "s,$T/,,"
echo '--- the rest'
nacre commit b
ls lib new
expect_output '' nacre status --porcelain b
nacre undo && nacre undo && nacre undo && nacre undo
ls -R
