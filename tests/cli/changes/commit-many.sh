# needs: userns overlay
# More changes than one directory of slots takes: applied, taken back, and applied again by who comes after a kill.
tree()
{
	find . -type d -printf '%P %y %m %T@\n' -o -printf '%P %y %m %s %T@ %n\n' | LC_ALL=C sort
	find . -type f -exec cksum {} + | LC_ALL=C sort
}

mkdir -p d/one d/two
cd d
seq 2500 | while read -r i; do echo "$i" >"one/$i"; done
cp one/1* two
tree >../before
nacre run -q -n b -- sh -c 'for f in one/*; do echo more >>$f; done; rm two/1[0-4]*; for i in $(seq 700); do echo $i >two/new$i; done'
nacre run -q -n b -- sh -c "$(declare -f tree); tree" >../seen
nacre status --porcelain b >../status
[ "$(wc -l <../status)" -gt 3500 ] || fail 'too few changes'
nacre commit -q b
tree | diff -q ../seen - || fail 'the base is not what the box saw'
nacre undo
tree | diff -q ../before - || fail 'the base is not what it was'
nacre status --porcelain b | diff -q ../status -

# Killed at one of many renames, and while whiteouts leave the box: the next one settles that first.
for signal in renameat2:2000 renameat2:3300 unlinkat:30; do
	strace -f -qq -o /dev/null -e "trace=${signal%:*}" -e "inject=${signal%:*}:signal=KILL:when=${signal#*:}" \
		nacre commit -q b && fail "not killed at $signal"
	nacre commit -q b
	tree | diff -q ../seen - || fail "the base is not what the box saw: $signal"
	nacre undo
	tree | diff -q ../before - || fail "the base is not what it was: $signal"
	nacre status --porcelain b | diff -q ../status -
done
