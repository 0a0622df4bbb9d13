# needs: userns overlay
# What somebody else has changed since the box began: listed, nothing applied; then exactly what is asked.
mkdir -p d/removed d/replaced d/sub
cd d
for f in edited chmodded deleted gone removed/f replaced/f meta-only untouched; do echo "$f" >"$f"; done
nacre run -q -n b -- sh -c '
	for f in edited chmodded deleted meta-only untouched; do echo box >>$f; done
	rm -r gone removed replaced; mkdir replaced; echo box >replaced/g; echo box >made; chmod 700 sub'
echo other >>edited
chmod 600 chmodded
rm deleted
echo other >>gone
echo other >removed/added
echo other >>replaced/f
echo other >made
touch -r untouched meta-only
chmod 750 sub
nacre commit b && fail 'no conflict was found' || echo "status $?"
[ "$(cat untouched)" = untouched ] && [ "$(cat made)" = other ] && [ -e removed/added ] || fail 'something was applied'
echo '--- one of them, named'
nacre commit b edited || echo "status $?"
echo '--- one without a conflict'
nacre commit b untouched
cat untouched
echo '--- all of it'
nacre commit --force b
cat edited made
ls
