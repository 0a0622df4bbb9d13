# needs: userns overlay
# The command's ids have names inside, in a copy of what the box shows there, and nothing is left of it.
small_root root
uid=4711
as="-u $uid --passwd"
name=$(sed -n "s/^\([^:]*\):[^:]*:$(id -u):.*/\1/p" /etc/passwd | head -n 1)
[ "$name" != root ] || name=user
line="$name:x:$uid:$uid::$HOME:/bin/sh"

printf 'root:x:0:0:root:/root:/bin/sh\nlast:x:1:1::/:' >root/etc/passwd
# shellcheck disable=SC2086 # words
{
	expect_output "$(cat root/etc/passwd)"$'\n'"$line" box root $as -- cat /etc/passwd
	expect_no_match kept
	expect_output "$name:x:$uid:" box root -q $as -- cat /etc/group
	expect_output "$name" box root -q $as -- id -un
	echo "$name:x:12:12:::" >>root/etc/group
	expect_output "$name-$uid" box root -q $as -- id -gn
	rm root/etc/group
	# Its shell, where it is there.
	expect_output "${line%sh}bash" env SHELL=/bin/bash nacre run -q --root root "${host_programs[@]}" $as -- tail -n 1 /etc/passwd
	expect_output "$line" env SHELL=/no/such nacre run -q --root root "${host_programs[@]}" $as -- tail -n 1 /etc/passwd

	# A line that is there is enough; a longer id, a comment and a name are none.
	printf 'a:x:47110:1:::\nb:4711:1:4711:::\nme:x:4711:7:::\n' >root/etc/passwd
	expect_output "$(cat root/etc/passwd)" box root -q $as -- cat /etc/passwd
	sed -i 3d root/etc/passwd
	expect_output 3 box root -q $as -- grep -c '' /etc/passwd

	# What a layer or the box itself has there is taken, and a link stays in the root.
	mkdir -p layer/etc
	printf 'of-the-layer:x:1:1:::\n' >layer/etc/passwd
	expect_output "of-the-layer:x:1:1:::" box root -q -l layer $as -- head -n 1 /etc/passwd
	expect_status 0 box root -q -n mine -u $uid -- sh -c 'echo "of-the-box:x:4711:1:::" >/etc/passwd'
	expect_output "of-the-box:x:4711:1:::" box root -q -n mine $as -- cat /etc/passwd
	ln -sf /elsewhere root/etc/passwd
	expect_output "$line" box root -q $as -- cat /etc/passwd
	rm root/etc/passwd
	expect_output 1 box root -q $as -- grep -c '' /etc/passwd

	# Nothing that is no list of users is read.
	mkfifo root/etc/passwd
	expect_status 125 box root $as -- true
	rm root/etc/passwd && truncate -s 5G root/etc/passwd
	expect_status 125 box root $as -- true
	rm root/etc/passwd && mkdir root/etc/passwd
	expect_status 125 box root $as -- true
	rmdir root/etc/passwd && printf 'a:x:1\r\n\0\377::::\n\n:' >root/etc/passwd
	expect_status 0 box root -q $as -- cat /etc/passwd
}
[ ! -e root/etc/group ] || fail "made in the root"
expect_output 1 nacre run -q -u 4711 --passwd -- grep -c ":4711:4711:" /etc/passwd
