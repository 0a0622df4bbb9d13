# needs: userns overlay npm tool:getfattr
# timeout: 120
# npm installs a package in a box: the program runs there, and the project outside has no trace.
# Root's directories are not writable in an upper either.
trap 'chmod -R u+rwX "$T/home"' EXIT

mkdir project
echo '{ "name": "project", "version": "1.0.0", "private": true }' >project/package.json
cp -a project before

expect_status 0 nacre run --workdir "$T/project" -- sh -ec '
	npm install --no-audit --no-fund left-pad
	node -p "require(\"left-pad\")(\"seen\", 8, \"-\")"'
expect_match '^----seen$'
same_tree before project
[ ! -e home/.npm ] || fail "npm's cache was written outside"
find home -path '*/project/node_modules/left-pad' -type d | grep -q . ||
	fail "the box does not hold it"
