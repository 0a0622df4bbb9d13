# needs: userns
# What cannot be made leaves neither a link nor a box, for each way to make it, and names what it is about.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
steam_root root
for way in "-c ns" "-D -j ns"; do
	# shellcheck disable=SC2086 # words
	{
		expect_status 127 steam $way nothing-of-that-name
		passes ns
		expect_status 126 steam $way /etc
		passes ns
		expect_error root-missing steamns -p nowhere $way true
		passes ns
		expect_status 50 steam -w $way true
		passes ns
		expect_status 125 steam ${way/ns/nowhere\/ns} true
		expect_match "^steamns: cannot make the link $T/nowhere/ns: No such file or directory"
		passes ns
	}
done
expect_error root-missing steamns -p nowhere -D -c ns
expect_status 125 steam -D -c nowhere/ns
expect_status 125 steam -c '' true
expect_match '^steamns: '
passes ns
# A place that may not be written.
mkdir shut
chmod 555 shut
[ "$(id -u)" -eq 0 ] || {
	expect_status 125 steam -c shut/ns true
	expect_match "^steamns: cannot make the link $T/shut/ns: Permission denied"
	passes shut/ns
}
[ "$(id -u)" -eq 0 ] || XDG_STATE_HOME=$T/shut expect_error state-not-writable steam -c ns echo in
passes ns
# Bytes that a path may have.
for name in 'a b' 'a,b:c\d' $'new\nline' $'not\xffutf8' -x 'ünï'; do
	mkdir -p "./$name"
	steamns -p root -c "./$name/$name" sh -c 'until [ -e /tmp/end ]; do sleep 0.02; done' &
	creator=$!
	wait_until test -L "./$name/$name"
	expect_status 0 steam -j "$T/$name/$name" touch /tmp/end
	wait $creator
	passes "./$name/$name"
	cp -a root "./$name/root"
	expect_output base steamns -p "./$name/root" cat /etc/file
	rm -r "./$name"
done
