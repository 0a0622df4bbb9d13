# needs: user userns overlay mirror tool:dpkg-source tool:gcc tool:make tool:getfattr
# timeout: 300
# make install of a package with a prefix in the home: once committed the program runs outside, once undone the home and the
# sources are what they were, to the nanosecond.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/apt.sh"
export XDG_STATE_HOME=$T/state

trees()
{
	exact_tree home
	exact_tree hello
}

# Some of the places are there already, and hold something.
mkdir -p home/.local/bin home/.local/share/info
echo other >home/.local/bin/other
touch -d '2001-02-03 04:05:06.789012345' home/.local/share/info home/.local/share home/.local/bin
hello_source
(cd hello && ./configure -q --disable-nls --prefix="$HOME/.local" && make -s) >log 2>&1 ||
	{ cat log; fail "it was not built"; }
trees >before

cd hello
expect_status 0 nacre try make install
expect_match '^nacre: status 0; nothing is written yet$'
expect_match '^  A ~/\.local/bin/hello +[0-9]+ KB, executable$'
expect_match '^nacre: kept in box [a-z]+; go on with: '
cd "$T"
trees | diff -u before - || fail "it was written before the commit"

expect_status 0 nacre commit
expect_match '^nacre: [0-9]+ changes applied; take back with: nacre undo$'
expect_output 'Hello, world!' home/.local/bin/hello
expect_output 'hello, world' home/.local/bin/hello -t
[ -f home/.local/share/man/man1/hello.1 ] && [ -f home/.local/share/info/hello.info ]
nacre status --porcelain >left
[ ! -s left ] || fail "the box still has: $(cat left)"

expect_status 0 nacre undo
expect_match '^nacre: [0-9]+ changes taken back$'
trees | diff -u before - || fail "the trees are not what they were"
nacre status --porcelain | grep -qx $'A\t''.*/\.local/bin/hello' || fail "the box has lost it"
