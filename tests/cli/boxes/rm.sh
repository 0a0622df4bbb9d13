# needs: userns overlay
# Boxes go with all their files, the others and the machine stay; all are checked before the first goes.
state=$XDG_STATE_HOME/nacre
echo base >keep
for name in one two three; do
	nacre run -q -n "$name" sh -c 'mkdir -p deep/er; echo x >deep/er/file; ln -s / root-link; rm keep'
done
expect_error box-unknown nacre rm one thre
expect_match 'did you mean three\?'
expect_error box-unknown nacre rm ../boxes/one
expect_error usage-no-box nacre rm
expect_error usage-extra-word nacre rm --all one
[ "$(nacre __complete boxes | sort | tr '\n' ' ')" = 'one three two ' ]
expect_output '' nacre rm one two one
[ "$(ls -A "$state/boxes")" = three ]
expect_output '' nacre rm --all
[ -z "$(ls -A "$state/boxes")" ]
expect_output '' nacre rm --all
[ "$(cat keep)" = base ] && [ -e /etc/passwd ]
