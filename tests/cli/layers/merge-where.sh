# needs: userns overlay
# Which layer takes the changes: a directory or a saved one, in the stack of the box or not; and which cannot.
small_root root
mkdir -p root/d mods/d lower/d
echo base >root/d/x
echo base >root/d/y
echo layer >mods/d/y

# A directory, by a relative path and through a link; next to it nothing stays.
box root -n a -l "$T/mods" -- sh -c 'echo new >d/n; rm d/x; echo more >>d/y'
ln -s mods link
expect_status 0 nacre commit a --layer link --quiet
expect_no_match .
expect_output 'layer
more' cat mods/d/y
expect_output './d/n ./d/x ./d/y' sh -c 'cd mods; echo $(find . -not -type d | sort)'
expect_output 'base' cat root/d/x
[ -L link ] || fail "the link was replaced"
! ls -d .new-* 2>/dev/null || fail "something was left beside the layer"
expect_output '' nacre status --name-only a
nacre undo -q
expect_output './d/y' sh -c 'cd mods; echo $(find . -not -type d | sort)'

# Not in the stack of the box: then its root is the box's. The box keeps its changes.
mkdir other
box root -n b -- sh -c 'echo b >b; rm -r d; echo file >d'
expect_status 0 nacre commit b --layer ./other
expect_match 'merged into the layer'
expect_output './b ./d' sh -c 'cd other; echo $(find . -mindepth 1 | sort)'
expect_output 'b d' sh -c 'echo $(nacre status --name-only b | xargs -n1 basename | sort)'
box root --rm -l ./other -- sh -c 'cat b d' >got
[ "$(cat got)" = "b
file" ] || fail "the layer does not show what the box saw"
# Again: the same comes out.
expect_status 0 nacre commit b --layer ./other --quiet
expect_output './b ./d' sh -c 'cd other; echo $(find . -mindepth 1 | sort)'

# Only some: what is in a directory stands for itself then.
mkdir -p root/e some
touch root/e/1 root/e/2 root/e/3
box root -n e -l ./some -- sh -c 'rm -r e; mkdir e; echo n >e/new; echo n >e/other; chmod 700 e; echo z >z'
expect_status 0 nacre commit e --layer ./some /e/new /e/1
expect_output './e ./e/1 ./e/new' sh -c 'cd some; echo $(find . -mindepth 1 | sort)'
box root --rm -l ./some -- ls e >got
[ "$(paste -sd" " got)" = '2 3 new' ] || fail "partly: $(cat got)"
expect_status 0 nacre commit e --layer ./some --quiet
box root --rm -l ./some -- sh -c 'ls e; stat -c %a e; cat z' >got
[ "$(paste -sd" " got)" = 'new other 700 z' ] || fail "all: $(cat got)"

# A part of a new directory.
mkdir part
box root -n g -l ./part -- sh -c 'mkdir -p new/sub; echo 1 >new/1; echo 2 >new/2; echo 3 >new/sub/3; echo 4 >new/sub/4'
expect_status 0 nacre commit g --layer ./part /new/1 /new/sub
expect_match '^nacre: 2 changes merged'
expect_output './new ./new/1 ./new/sub ./new/sub/3 ./new/sub/4' sh -c 'cd part; echo $(find . -mindepth 1 | sort)'
expect_status 0 nacre commit g --layer ./part
expect_match '^nacre: 1 change merged'

# What cannot be.
expect_error layer-unknown nacre commit a --layer nothing
expect_error layer-missing nacre commit a --layer ./nothing
touch file
expect_error layer-not-directory nacre commit a --layer ./file
box root -n f -l "$T/lower" -l "$T/mods" -- touch d/f
expect_error merge-hidden nacre commit f --layer ./lower
expect_error merge-base nacre commit f --layer ./root
[ "$(ls -A lower/d)" = '' ] || fail "something was written"
nacre run -q -n host -- touch "$T/new"
expect_error merge-foreign nacre commit --from "$HOME/.local/state/nacre/boxes/host" --layer ./mods
expect_status 0 nacre commit f --layer ./mods -q
