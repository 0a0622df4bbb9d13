# needs: userns overlay
# A root built step by step on an empty tmpfs, with every kind of step that does not need another box.
mkdir -p one two up
echo 1 >one/file
echo 2 >two/file
expect_output '2
two
text
ro
data' nacre run --tmpfs /,size=1M,mode=755 "${host_programs[@]}" "${host_links[@]}" --proc /proc --dev /dev --mqueue /dev/mqueue --sys /sys \
	--tmpfs /tmp,mode=1777,size=64k --tmpfs /empty,ro -o /layers,lower=one,lower=two -o /memory,lower=one,tmp \
	-o /kept,lower=one,upper=up -b nothing:/n:optional -b made/here:/made:ensure --dir /a/b,mode=700 --symlink ../two /a/link \
	--file /f=text --ro-file /r=ro --hostname box --root-from one -m remount,none,/layers,noexec --clear-env -e A=data -w / -- \
	/bin/sh -c 'cat /layers/file && echo 3 >/memory/file && echo data >/kept/new && [ ! -e /n ] && [ -d /made ] && [ "$(pwd)" = / ] &&
	! touch /layers/new 2>/dev/null && ! touch /empty/new 2>/dev/null && basename "$(readlink /a/link)" &&
	cat /f && echo && cat /r && echo && echo "$A" && [ "$(stat -c %a /made)" = 700 ] && touch /new &&
	[ "$(uname -n)" = box ] && [ "$(cat /file)" = 1 ]'
[ "$(cat up/new)" = data ] && [ "$(cat one/file)" = 1 ] && [ "$(stat -c %a made made/here)" = "$(printf '700\n700')" ] ||
	fail "what was written is not where it should be"
