# needs: userns
# -M: the namespaces and nothing else: the host's files as they are, /proc included, and nothing of the desktop.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
steam_root root
[ "$(steam -M readlink /proc/self/ns/user)" != "$(readlink /proc/self/ns/user)" ] || fail 'no user namespace'
mkdir here
steam -M touch "$T/here/file"
[ -e here/file ] || fail 'it was not written for real'
expect_status 0 steam -M test -d "/proc/$$"
TMPDIR=/else expect_output /else steam -M sh -c 'echo "$TMPDIR"'
# They can be joined like others.
steamns -p root -M -c ns sh -c 'readlink "/proc/thread-self/ns/pid" >"$1/space"; until [ -e "$1/end" ]; do sleep 0.05; done' sh "$T" &
creator=$!
wait_until test -s space
expect_output "$(cat space)" steam -j ns readlink /proc/thread-self/ns/pid
touch end
wait $creator
passes ns
# Only the directory that holds the boxes is hidden.
count=$(grep -c . /proc/self/mountinfo)
[ "$(steam -M grep -c . /proc/thread-self/mountinfo)" -le $((count + 1)) ] || fail 'there are more mounts'
