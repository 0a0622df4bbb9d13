# needs: userns overlay tool:getfattr
# What a box changed, merged into the layer that it had below: stacked again that shows what the box saw, the box has no changes
# any more, and undo takes it back.
shelf=$HOME/.local/share/nacre/layers
small_root root
mkdir -p root/d root/base root/hidden
for file in d/base base/b base/c hidden/h file; do
	echo base >"root/$file"
done
box root -n first -- sh -c '
	mkdir -p lay/sub lay/deep/er hidden2; echo 1 >lay/a; echo 1 >lay/sub/b; echo 1 >lay/deep/er/c; echo 1 >d/layer; ln lay/a lay/a2
	echo 1 >lay/stays; rm base/b; rm -r hidden; mkdir hidden; echo 1 >hidden/new; rm file; mkdir file; echo 1 >file/x
	setfattr -n user.old -v 1 lay; chmod 555 lay/deep; echo 1 >keep'
nacre save -q first layer
find "$shelf/layer" -printf '%P %y %m %s %T@ %l\n' | sort >layer.before
box root -n second -l layer -- sh -c '
	echo 2 >>lay/a; rm lay/sub/b; echo 2 >d/new; rm d/base; rm d/layer; rm -r hidden; mkdir hidden; echo 2 >hidden/other
	rm -r lay/deep; echo 2 >lay/deep; echo 2 >base/b; rm base/c; rm -r file; echo 2 >file
	setfattr -x user.old lay; setfattr -n user.new -v 2 lay; rm keep; mkdir -m 700 keep; echo 2 >keep/x; ln keep/x keep/y
	mkfifo p; ln -s a lay/l; touch -d 2002-03-04 lay'
seen='find . -xdev -not -path "./proc*" -not -path "./dev*" -not -path "./sys*" -not -path "./usr*" \
		\( \( -name . -o -path ./etc \) -printf "%p %y %m\n" -o -printf "%p %y %m %l %Ts\n" \) | sort
	find . -xdev -type f -not -path "./usr*" -not -path "./proc*" -not -path "./etc/*" | sort | xargs cat; getfattr -d lay'
box root -n second -l layer -- sh -c "$seen" >want
expect_status 0 nacre commit second --layer layer --dry-run
expect_match '^nacre: [0-9]+ changes would be merged into the layer$'
expect_status 0 nacre commit second --layer layer
expect_match '^nacre: [0-9]+ changes merged into the layer; take back with: nacre undo$'
box root --rm -l layer -- sh -c "$seen" >got
diff -u want got
expect_output '' nacre status --name-only second
box root -n second -l layer -- sh -c "$seen" >got
diff -u want got
# The tree that it replaced shares files with it: that is no further name to the box.
expect_status 0 box root -n second -l layer -- sh -c 'exec 3<>lay/stays 4<>lay/a2'
expect_output '' nacre status --name-only second
# Nothing hides what is not there, and nothing is left beside it.
expect_output './base/c
./d/base' sh -c "cd '$shelf/layer'; find . -type c | sort"
expect_output './hidden
./keep' sh -c "cd '$shelf/layer'; find . -type d -exec getfattr -n user.overlay.opaque {} + 2>/dev/null | sed -n 's/^# file: /.\//p' | sort"
[ "$(ls -A "$shelf")" = "layer
layer.layer" ] || fail "something is left in the shelf: $(ls -A "$shelf")"
has_line()
{
	grep -Eq "$1" "$2" || fail "$2: no line matches $1"
}
has_line "^objects $(find "$shelf/layer" -mindepth 1 | wc -l)$" "$shelf/layer.layer"
has_line '^from box first$' "$shelf/layer.layer"
expect_status 0 nacre undo --list
expect_match 'second .* [1-9][0-9] changes, '
# As it was before, to the time of each directory.
expect_status 0 nacre undo
find "$shelf/layer" -printf '%P %y %m %s %T@ %l\n' | sort >layer.after
diff -u layer.before layer.after
box root -n second -l layer -- sh -c "$seen" >got
diff -u want got
chmod -R u+rwX "$HOME"
