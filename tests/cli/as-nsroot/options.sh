# needs: userns overlay
# Options end at the first word that is none; letters, names, shortened names, values in the same word or the next.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
small_root root
mkdir root/a root/b
: >file
inode=$(stat -c %i "$T/root/etc")
expect_output "$inode /etc" nsroot_in root -- ls -di /etc
expect_output '-c x' nsroot_in root -- sh -c 'echo -c x'
expect_output '-h -i' nsroot_in root -- echo -h -i
expect_output -- nsroot_in root -- echo --
expect_status 0 nsroot "${volumes[@]}" -- root true
expect_status 0 nsroot_in root -v"$T/file:/a/f" -v "$T/file:/a/g" --volume "$T/file:/a/h" "--volume=$T/file:/b/f" "--vol=$T/file:/b/g" -- \
	test -e /a/f -a -e /a/g -a -e /a/h -a -e /b/f -a -e /b/g
expect_status 1 nsroot_in root -rni -- touch /x
expect_status 1 nsroot_in root --read-only --net --ipc -- touch /x
for word in -x -rx --nonsense --read-onlyx --=x --n= --net=x; do
	expect_status 255 nsroot $word root true
done
for word in -v --volume -rM; do
	expect_status 255 nsroot "$word"
	expect_match 'needs a value'
done
