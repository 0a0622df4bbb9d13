# needs: userns overlay
# NEWROOT is the root directory, for real; it is the working directory when it is not given.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
small_root root
expect_output 'base' nsroot_in root -- cat /etc/file
expect_output / nsroot_in root -- pwd
expect_status 0 nsroot_in root -- touch /etc/made
[ -e root/etc/made ] || fail "it was not made for real"
expect_output 'base' sh -c 'cd root && nacre as nsroot "$@" . cat /etc/file' sh "${volumes[@]}"
expect_output 'base' sh -c 'cd root && echo "cat /etc/file" | SHELL=/bin/sh nacre as nsroot "$@" 2>/dev/null' sh "${volumes[@]}"
ln -s root link
expect_output 'base' nsroot_in link/. -- cat /etc/file
# The whole host, which the seed could not pivot to.
expect_output / nsroot / pwd
expect_output "$T" nsroot / sh -c 'cd "$1" && pwd' sh "$T"
mkdir root/v
expect_output 'base' nsroot -v "$T/root/etc:$T/root/v" / cat "$T/root/v/file"
# Neither proc nor dev nor sys is mounted, and nothing is left of the old root.
expect_output 1 nsroot_in root -v /proc:/proc -- sh -c 'grep -c " / / " /proc/self/mountinfo || grep -c " / " /proc/self/mountinfo'
expect_status 0 nsroot_in root -- sh -c '[ ! -e /proc/self ] && [ ! -e /dev/null ] && [ ! -e /sys/kernel ]'
# A root that is none.
expect_error 125 root-missing nsroot none true
expect_status 125 nsroot root/etc/file true
expect_status 255 nsroot '' true
expect_match '^nsroot: the root directory is empty'
