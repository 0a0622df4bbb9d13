# needs: userns overlay
# --ro-file: neither its owner nor root of the box can write, replace or remove it; on a tmpfs, in an overlay, over a file of the base.
small_root root
printf 'base\n' >root/etc/other
check()
{
	expect_output 'text 444' box root "$@" -- sh -c '
		printf "%s " "$(cat "$1")"; stat -c %a "$1"
		! (: >"$1") 2>/dev/null && ! (chmod u+w "$1") 2>/dev/null && ! rm -f "$1" 2>/dev/null && ! mv /etc/file "$1" 2>/dev/null
		[ "$(cat "$1")" = text ]' sh "$place"
}
place=/etc/other check --ro-file /etc/other=text
place=/new/file check --ro-file /new/file=text
place=/t/a/file check --tmpfs /t --ro-file /t/a/file=text
place=/t/file check --as-root --cap-add all --tmpfs /t --ro-file /t/file=text
place=/t/file check --ro --tmpfs /t --ro-file /t/file=text
[ "$(cat root/etc/other)" = base ] && [ ! -e root/new ] || fail "the base was changed"
# A file without it is the command's own.
expect_output more box root --tmpfs /t --file /t/f=text -- sh -c 'echo more >/t/f; cat /t/f'
