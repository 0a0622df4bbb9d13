# needs: root userns overlay mirror tool:dpkg-source tool:gcc tool:make tool:setpriv
# timeout: 300
# make install of a package to /usr/local by a plain user: their commit touches nothing and names root's, after which the
# program runs outside and is root's; once undone /usr/local is what it was, to the nanosecond.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/apt.sh"
uid=4711

plain()
{
	setpriv --reuid=$uid --regid=$uid --clear-groups env "HOME=$T/theirs" "XDG_STATE_HOME=$T/theirs/state" \
		"TMPDIR=$T/theirs/tmp" "$@"
}

# Which inode and which times say that the content is the same.
local_tree()
{
	find /usr/local -type d -printf '%p %y %m %U:%G %i %n %T@\n' -o \
		-printf '%p %y %m %U:%G %i %n %s %T@ %l\n' | LC_ALL=C sort
}

# Whatever fails, nothing of it stays: what undo does not take away is removed by name.
clean()
{
	local path

	[ -e before ] || return 0
	nacre undo --force >/dev/null 2>&1 || :
	for path in /usr/local/{bin/hello,share/info/hello.info,share/man/man1/hello.1}; do
		grep -q "^$path f " before || rm -f "$path"
	done
	for path in /usr/local/share/{man/man1,info,man}; do
		grep -q "^$path [dl] " before || rmdir "$path" 2>/dev/null || :
	done
	local_tree >after
	diff after before | sed -n 's/^> \(\/[^ ]*\) d .* \([0-9.]*\)$/touch -d @\2 \1/p' | sh
}

[ ! -e /usr/local/bin/hello ] || fail "the machine has a hello in /usr/local/bin"
chmod 755 . && mkdir -p theirs/tmp
cp -p "$NACRE" copy && chmod 755 copy
program=$T/copy
hello_source
mv hello theirs
chown -R $uid:$uid theirs
cd theirs/hello
plain sh -ec './configure -q --disable-nls; make -s' >"$T/log" 2>&1 || { cat "$T/log"; fail "it was not built"; }
cd "$T"
with_usr_local exclusive
trap clean EXIT
local_tree >before

cd theirs/hello
expect_status 0 plain "$program" try -n hello make install
expect_match '^! A /usr/local/bin/hello +[0-9]+ KB  \(a command in PATH\)$'
cd "$T"
box=$T/theirs/state/nacre/boxes/hello
expect_error commit-refused plain "$program" commit hello
expect_match '/usr/local/bin: you may not write in this directory$'
command=$(sed -n 's/^.* as root: \(nacre commit --from .*[^ ]\) *\[commit-refused\]$/\1/p' tmp/stderr)
local_tree | diff -u before - || fail "a refused commit wrote"

expect_status 0 nacre status --from "$box"
expect_match '^! A /usr/local/bin/hello '
local_tree | diff -u before - || fail "a status wrote"
[[ "$command" = "nacre commit --from $box /usr/local/bin"* ]] || fail "this is root's command: $command"
eval "expect_status 0 $command"
expect_match '^nacre: [0-9]+ changes applied; take back with: nacre undo$'
expect_output 'Hello, world!' plain /usr/local/bin/hello
expect_output '' find /usr/local -newer before ! -type d ! -user root
[ "$(stat -c '%U:%G %a' /usr/local/bin/hello /usr/local/share/man/man1/hello.1)" = 'root:root 755
root:root 644' ] || fail "it is not root's"
plain test -r /usr/local/share/info/hello.info

expect_status 0 nacre undo
expect_match '^nacre: [0-9]+ changes taken back$'
[ ! -e /usr/local/bin/hello ] || fail "it is still there"
local_tree | diff -u before - || fail "/usr/local is not what it was"
plain "$program" status --porcelain hello | grep -qx $'A\t''/usr/local/bin/hello' || fail "the box has lost it"
