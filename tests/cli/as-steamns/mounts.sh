# needs: userns
# What is mounted on a root directory: each only where the root has a directory for it. Nothing is left in the root.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
steam_root root
# type PLACE: of the file system that is seen there last.
type_of()
{
	steam -G sed -n "s|^[^ ]* [^ ]* [^ ]* [^ ]* $1 .* - \([^ ]*\) .*|\1|p" /proc/self/mountinfo | tail -n 1
}
before=$(cd root && find . | sort)
[ "$(type_of /proc)" = proc ] || fail "/proc is $(type_of /proc)"
[ "$(type_of /tmp)" = tmpfs ] || fail "/tmp is $(type_of /tmp)"
[ "$(type_of /run)" = tmpfs ] || fail "/run is $(type_of /run)"
expect_output "$(stat -c %i /dev/null)" steam stat -c %i /dev/null
expect_output "$(stat -c %i /sys/kernel)" steam stat -c %i /sys/kernel
expect_output '1777 1777' steam -G sh -c 'echo $(stat -c %a /tmp /run)'
expect_status 0 steam sh -c ': >/dev/null; : >/tmp/x; : >/run/x'
# Of its own processes alone.
expect_output '' steam sh -c 'ls -d /proc/[0-9][0-9][0-9]* 2>/dev/null || :'

# A name for the id; the last line may lack its end.
printf 'root:x:0:0:root:/root:/bin/sh\nlast:x:9:9::/:' >root/etc/passwd
line="steamuser:x:$(id -u):$(id -g):Steam Container User:$HOME:/bin/bash"
expect_output "last:x:9:9::/:
$line" steam tail -n 2 /etc/passwd
expect_output "steamuser:x:0:0:Steam Container User:$HOME:/bin/bash" steam -r tail -n 1 /etc/passwd
expect_output "${line//$HOME//}" env HOME=$'/ho:me\nx:0:0' steamns -p root -G tail -n 1 /etc/passwd
[ "$(tail -c 1 root/etc/passwd)" = : ] || fail 'the file of the root was written'
echo 'root:x:0:0:root:/root:/bin/sh' >root/etc/passwd
[ "$(cd root && find . | sort)" = "$before" ] || fail 'something was made in the root'

rm -r root/{proc,sys,dev,tmp,run,media,etc/passwd}
for place in /proc /sys /dev /tmp /run /media /etc/passwd; do
	expect_status 1 steam -G test -e $place
done
[ -z "$(find root -name proc -o -name sys -o -name run -o -name media)" ] || fail 'something was made in the root'
# What is no directory is none.
: >root/tmp
expect_status 0 steam -G test -f /tmp
