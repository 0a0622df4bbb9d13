# needs: userns overlay tool:getfattr
# What is written all over the host as base is in the box's upper, each entry of it, and nowhere
# else.
# Root's directories are not writable in an upper either.
trap 'chmod -R u+rwX "$T/state"' EXIT

export HOME=$T/me XDG_STATE_HOME=$T/state name=nacre-${T//\//-}
mkdir -p me/somedir/deep
echo old >me/.bashrc
echo data >me/somedir/deep/file
cp -a me before

shared()
{
	find /opt /usr/local -printf '%p %y %m %U %s %C@\n' 2>/dev/null || :
	find /tmp /var/tmp -maxdepth 1 -name "$name"
}

with_usr_local shared
shared >outside-before
# shellcheck disable=SC2016 # for the inner shell
expect_status 0 nacre run -- sh -ec 'echo x >>~/.bashrc; rm -r ~/somedir
	touch "/var/tmp/$name" "/tmp/$name"; mkdir -p "/opt/$name"
	cp /bin/true "/usr/local/bin/$name"; "/usr/local/bin/$name"'
expect_match '^nacre: 6 changes kept in box '
shared >outside-after
diff -u outside-before outside-after || fail "it was written outside"
same_tree before me

# An upper is named after its place; a directory that was copied up holds something.
for upper in state/nacre/boxes/*/upper/*; do
	place=/$(basename "$upper" | sed -e 's/^root$//' -e 's/^%root$/root/' -e 's,%2F,/,g')
	find "$upper" -mindepth 1 \( ! -type d -o -empty \) -printf "${place%/}/%P %y\n"
done | LC_ALL=C sort >written
LC_ALL=C sort >wanted <<-END
	$T/me/.bashrc f
	$T/me/somedir c
	/opt/$name d
	/tmp/$name f
	/usr/local/bin/$name f
	/var/tmp/$name f
END
diff -u wanted written || fail "the upper holds something else"
