# needs: userns overlay
# Defect 19: what a program is called by went into the name of a directory, and was not as typed.
# The command's argv[0] is the word that was given: a name, a path, a link to a program of many names; in a run and in a box that
# lives.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/live.sh"
small_root root
mkdir -p 'root/a b'
cp "$(command -v sh)" 'root/a b/tool'
ln -s 'a b/tool' root/link
ln -s '/a b/tool' root/absolute-link

first='tr "\0" "\n" </proc/$$/cmdline | head -n 1'
check()
{
	local word

	for word in sh /bin/sh /bin/../bin/sh '/a b/tool' './a b/tool' 'a b/tool' /link ./link ./absolute-link; do
		expect_output "$word" "$@" "$word" -c "$first"
	done
	expect_output /link "$@" sh -c "exec /link -c '$first'"
}
check box root -q -w / --
check box root -q --as-root -w / --
check nacre enter dev --root root "${host_programs[@]}" -w / --
started two
check nacre enter two --root root "${host_programs[@]}" -w / --
nacre stop two
# A script gets the path that it was found by, as from execve(2).
printf '#!/bin/sh\necho "$0"\n' >root/script
chmod 755 root/script
mkdir root/opt
cp root/script root/opt/
expect_output ./script box root -q -w / -- ./script
expect_output /opt/script box root -q -e PATH=/opt:/usr/bin -- script
