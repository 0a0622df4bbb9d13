# needs: userns overlay range
# What belongs to subordinate ids, modes notwithstanding; by the plain user who has those ids.
nacre run -q -n sub --as-root -- sh -c 'mkdir -p theirs/sealed; echo x >theirs/sealed/file; echo x >file
	chown -R 7:7 theirs file; chmod 0 theirs/sealed theirs'
expect_status 0 nacre ls
expect_match '^sub +kept +2 +[0-9.]+ KB '
expect_status 0 nacre inspect sub
expect_match '^  users     0'

if [ "$(id -u)" -ne 0 ]; then
	mkdir none
	expect_error newuidmap-missing env PATH="$T/none" "$NACRE" rm sub
	expect_status 0 nacre inspect sub
	expect_match '^  changes   2, '
fi
# Its record lost, all ids that the caller was granted are tried.
rm "$XDG_STATE_HOME/nacre/boxes/sub/record"
expect_output '' nacre rm sub
[ -z "$(ls -A "$XDG_STATE_HOME/nacre/boxes")" ]
