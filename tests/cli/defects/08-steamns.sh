# needs: userns
# Defects 8 and 9, steamns: of /usr, and with -H of the host, only the topmost mount was read-only, and what was mounted in it could be
# written; and the flags of the mount below were lost, which the kernel refuses.
# All is read-only that is mounted there, and every flag is kept.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
steam_root root
mkdir root/usr/local root/usr/exec
with_mounts '. "$SOURCE/tests/lib/steamns.sh"
mount --bind root root
mount -o remount,bind,nosuid,nodev root
mount -t tmpfs -o noexec none root/usr/local
mkdir root/usr/local/below
mount -t tmpfs none root/usr/local/below
for dir in /usr /usr/local /usr/local/below; do
	expect_status 1 steam touch $dir/new
	expect_match "Read-only file system"
	expect_status 0 steam -W touch $dir/new
done
flags=$(steam -G sed -n "s|^[^ ]* [^ ]* [^ ]* [^ ]* /usr \([^ ]*\) .*|\1|p" /proc/self/mountinfo)
for flag in ro nosuid nodev; do
	[[ ,$flags, == *,$flag,* ]] || fail "/usr has $flags"
done
[[ ,$(steam -G sed -n "s|^[^ ]* [^ ]* [^ ]* [^ ]* /usr/local \([^ ]*\) .*|\1|p" /proc/self/mountinfo), == *,noexec,* ]] || fail "noexec is lost"
mkdir -p "root$T/home" /var/tmp/.
mount -t tmpfs none /var/tmp
mkdir /var/tmp/below
mount -t tmpfs none /var/tmp/below
for dir in /var/tmp /var/tmp/below; do
	expect_status 1 env HOME="$T/home" steamns -Hp root touch $dir/new
	expect_match "Read-only file system"
	expect_status 0 env HOME="$T/home" steamns -HWp root touch $dir/new
done'
