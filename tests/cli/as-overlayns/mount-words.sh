# needs: userns
# Each word of a mount that the seed knew does what it says, those it did not know too; the rest goes to the file system.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
mkdir a
# flags WORD…: of the mount, by their names in mountinfo.
flags()
{
	overlayns -m "tmpfs,none,a,$1" sed -n "s,.* $T/a \([^ ]*\) .*,\1,p" /proc/self/mountinfo
}
expect_output rw,relatime flags rw
expect_output ro,relatime flags ro
expect_output rw,noatime flags noatime
expect_output rw,nodiratime,relatime flags nodiratime
expect_output rw,relatime flags relatime
expect_output rw flags strictatime
expect_output rw,nodev,relatime flags nodev
expect_output rw,noexec,relatime flags noexec
expect_output rw,nosuid,relatime flags nosuid
expect_output ro,nosuid,nodev,noexec,relatime flags nosuid,ro,nodev,noexec
for word in dirsync lazytime synchronous silent sync async defaults suid dev exec atime norelatime loud; do
	expect_status 0 flags "$word"
done
expect_output rw,relatime,nosymfollow flags nosymfollow
# Of the file system.
super()
{
	overlayns -m "tmpfs,none,a,$1" sed -n "s,.* $T/a .* - ,,p" /proc/self/mountinfo
}
expect_status 0 super dirsync
expect_match dirsync
expect_status 0 super synchronous
expect_match sync
expect_status 0 super size=64k,mode=700,nr_inodes=50
expect_match 'size=64k,nr_inodes=50,mode=700'
# Propagation, alone and with a mount.
kind()
{
	overlayns "$@" sed -n "s,.* $T/a [^ ]* \(.*\)- .*,\1,p" /proc/self/mountinfo
}
expect_output '' kind -m tmpfs,none,a
expect_status 0 kind -m tmpfs,none,a -m ,none,a,shared
expect_match '^shared:'
expect_status 0 kind -m tmpfs,none,a,shared
expect_match '^shared:'
expect_output 'unbindable ' kind -m tmpfs,none,a -m ,none,a,unbindable
expect_output '' kind -m tmpfs,none,a,shared -m ,none,a,private
expect_output '' kind -m tmpfs,none,a,shared -m ,none,a,slave
for word in rshared rslave rprivate runbindable; do
	expect_status 0 kind -m tmpfs,none,a -m ",none,a,$word"
done
expect_status 0 overlayns -m none,home,a,rbind true
# What was one call of mount(2) did not all take effect: now it does.
expect_status 0 kind -m bind,home,a,ro,shared
expect_match '^shared:'
