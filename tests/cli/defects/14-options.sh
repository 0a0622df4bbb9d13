# needs: userns overlay
# Defect 14: options of the command were taken for nsroot's, and an unknown long one crashed it.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
small_root root
expect_output x nsroot_in root -- /bin/sh -c 'echo x'
expect_output "$(readlink /proc/self/ns/ipc)" nsroot_in root -v /proc:/proc -- readlink -n /proc/self/ns/ipc -n
expect_status 0 nsroot_in root -- ls -i /
for word in --nonsense --volumes --x=y -x --uid-mapp; do
	expect_error 255 usage-unknown-option nsroot $word root true
done
# overlayns never took them; it does not now.
expect_output '-m x' overlayns echo -m x
