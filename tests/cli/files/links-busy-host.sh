# needs: userns overlay tool:perl
# The kernel does not vouch for ".." while anything anywhere is renamed: a link that leads up in a root is followed all the same.
small_root root
mkdir -p root/a/b root/in one
ln -s ../../in root/a/b/up
perl -e 'for (;;) { rename "one", "two"; rename "two", "one" }' &
trap 'kill $!' EXIT
for ((try = 0; try < 30; try++)); do
	expect_status 0 box root --rm --dir /a/b/up/new --file /a/b/up/file=text -- test -d /in/new -a -s /in/file
done
