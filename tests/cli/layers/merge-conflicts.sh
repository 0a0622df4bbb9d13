# needs: userns overlay tool:flock
# What others changed in the layer since the box began is found, and nothing is merged; the rest is, when it is named.
small_root root
fresh()
{
	rm -rf lay root/base
	mkdir -p lay/d lay/gone root/base
	for file in a b c d/x gone/y; do
		echo layer >"lay/$file"
	done
	[ ! -e "$HOME/.local/state/nacre/boxes/box" ] || nacre rm box 2>/dev/null
	box root -n box -l "$T/lay" -- sh -c '
		for file in a b d/x; do echo box >>$file; done; chmod 600 c; rm -r gone; echo box >new'
	sleep 0.05
}
listed()
{
	expect_status 1 nacre commit box --layer ./lay
	grep '^  conflict' tmp/stderr
	expect_match '^nacre: [0-9]+ conflicts? with changes of others; nothing was applied$'
	[ "$(cat lay/b)" = layer ] || fail "something was merged"
	[ ! -e lay/new ] || fail "something was merged"
}
fresh
echo edited >lay/a
rm lay/d/x
echo other >lay/c.new
mv lay/c.new lay/c
echo more >lay/gone/more
echo mine >lay/new2
listed
# Named, it is not in the way; forced, the box wins.
expect_status 0 nacre commit box --layer ./lay /b /new
[ "$(cat lay/b lay/new lay/a)" = "layer
box
box
edited" ] || fail "not what was named"
expect_status 0 nacre commit box --layer ./lay --force --quiet
[ "$(cat lay/a lay/b lay/d/x lay/new2)" = "layer
box
layer
box
layer
box
mine" ] || fail "not what the box has: $(cat lay/a lay/b lay/d/x lay/new2)"
[ ! -e lay/gone ] || fail "what the box removed is there"

# The same as when there is a file where the box made one.
fresh
echo mine >lay/new
expect_status 1 nacre commit box --layer ./lay
expect_match '^  conflict  /new: changed in the layer since the box began$'
rm lay/new

# A merge is no conflict for the next one, and the undo of an older one finds it.
expect_status 0 nacre commit box --layer ./lay
box root -n box -l "$T/lay" -- sh -c 'echo again >>a; echo again >>new'
expect_status 0 nacre commit box --layer ./lay
[ "$(tail -n1 lay/a) $(tail -n1 lay/new)" = 'again again' ] || fail "the second merge"
first=$(nacre undo --list | sed -n '2s/ .*//p')
expect_status 1 nacre undo "$first"
expect_match 'conflict .*lay: it was replaced since'
expect_status 0 nacre undo
expect_status 0 nacre undo
[ "$(cat lay/a lay/b)" = "layer
layer" ] || fail "undo"
