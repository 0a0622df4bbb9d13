# needs: userns tool:nsenter
# A directory with user, mnt and pid of other namespaces can be joined too, such as /proc/PID/ns, by a link or without; and other
# programs get in by the link of ours. What is none is told.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
steam_root root
unshare --user --map-root-user --mount --pid --fork --kill-child --mount-proc sh -c 'touch started; exec sleep 1000' &
outer=$!
wait_until test -e started
pid=$(cat "/proc/$outer/task/$outer/children")
pid=${pid% }
space=$(readlink "/proc/$pid/ns/pid")
ln -s "/proc/$pid/ns" ns
for path in ns "/proc/$pid/ns"; do
	expect_output "$space 0" steam -j "$path" sh -c 'echo $(readlink /proc/self/ns/pid) $(id -u)'
	expect_output "$space 0" steam -D -j "$path" sh -c 'echo $(readlink /proc/self/ns/pid) $(id -u)'
	expect_status 5 steam -j "$path" sh -c 'exit 5'
	expect_error 239 namespaces-there steam -c "$path" true
done
# Its command is no other's child, and goes with us.
steamns -j ns sleep 987 &
member=$!
wait_until pgrep -P $member -x sleep
kill -KILL $member
wait $member || true
wait_until sh -c '! pgrep -x -f "sleep 987"'
kill -KILL "$pid"
wait $outer || true
rm ns

steamns -p root -c ns sh -c 'readlink /proc/self/ns/pid >/home/space; exec sleep 1000' &
creator=$!
wait_until test -s root/home/space
expect_output "$(cat root/home/space)" nsenter --user=ns/user --mount=ns/mnt --pid=ns/pid --preserve-credentials \
	/bin/sh -c 'readlink /proc/self/ns/pid'
# Under another name it is a stranger's to us.
ln -s "$(readlink ns)" other
expect_output "$(cat root/home/space)" steam -j other readlink /proc/self/ns/pid
kill $creator
wait $creator || true

mkdir plain
: >file
ln -s plain to-plain
for path in plain file to-plain /; do
	expect_error namespaces-other steam -j $path true
	expect_error namespaces-other steam -D -j $path true
	expect_error 239 namespaces-there steam -c $path true
done
[ -L to-plain ] && [ -f file ] || fail 'what is not ours was removed'
[ "$(id -u)" -eq 0 ] || expect_error namespaces-other steam -j /proc/1/ns true
# One cannot join what one is in.
expect_error namespaces-other steam -j "/proc/$$/ns" true
expect_match 'to enter them was refused: Invalid argument'
