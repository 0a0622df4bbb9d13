# needs: userns overlay tool:flock tool:strace
# Commits that are not done, and undos: what stands in the way is named, and nothing is lost.
undo=$XDG_STATE_HOME/nacre/undo
mkdir -p d/in
echo old >d/file
echo other >d/in/other

# met NAME: the last command named the explanation.
met()
{
	expect_match "\\[$1\\]"
}

expect_error undo-none nacre undo
(cd d && nacre run -q -n b -o "$T/d" -- sh -c 'echo new >file; echo new >in/other')

# Something was mounted since: it is not what the box saw.
expect_error commit-refused unshare -Urm sh -c "mount -t tmpfs none '$T/d/in' && nacre commit --force b"
expect_match 'd/in: something is mounted there'
[ "$(cat d/file)" = old ]

# Another commit is at work.
exec 9<d
flock 9
expect_error commit-locked nacre commit b
exec 9<&-

# Killed at its second rename. What is mounted over the base stands in the way; a base that is not there is waited for.
keep strace -f -o "$T/tmp/trace" -e inject=renameat2:signal=KILL:when=2 nacre commit b
expect_error commit-unfinished unshare -Urm sh -c "mount -t tmpfs none '$T/d/in' && nacre undo"
mv d elsewhere
expect_error undo-none nacre undo
[ -e "$undo/0001-b/journal" ]
mv elsewhere d
expect_error undo-none nacre undo
[ ! -e "$undo/0001-b" ]
[ "$(cat d/file d/in/other)" = "old
other" ]

expect_status 0 nacre commit b
[ "$(cat d/file d/in/other)" = "new
new" ]
expect_error undo-unknown nacre undo 0099-b
echo mine >d/file
expect_status 1 nacre undo
expect_match 'd/file: it was changed since'
met undo-conflict

cp "$undo/0001-b/journal" whole
sed '$d' whole >"$undo/0001-b/journal"
expect_error undo-journal nacre undo
cp whole "$undo/0001-b/journal"
expect_status 0 nacre undo --force
[ "$(cat d/file d/in/other)" = "old
other" ]

# Somebody else wrote there meanwhile.
echo later >d/file
expect_status 1 nacre commit b
met commit-conflict
