# needs: userns
# -r: the caller is root in there, in both maps, with all capabilities, and /usr can be written.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
steam_root root
expect_output '0 0' steam -r sh -c 'echo $(id -u) $(id -g)'
expect_output 0 steam -r stat -c %u /etc/file
expect_output ok steam -r sh -c 'touch /usr/new && mount -t tmpfs none /mnt && touch /mnt/x && umount /mnt && echo ok'
[ -e root/usr/new ] || fail '/usr was not written'
[ ! -e root/mnt/x ] || fail 'the mount was none'
[ "$(stat -c %u root/usr/new)" = "$(id -u)" ] || fail 'it is not the caller'"'"'s'
last=$(cat /proc/sys/kernel/cap_last_cap)
expect_output "$(printf 'CapEff:\t%016x' $(((1 << (last + 1)) - 1)))" steam -r grep '^CapEff' /proc/self/status
# Without it nobody has any.
[ "$(id -u)" -eq 0 ] || expect_output "$(printf 'CapEff:\t%016x' 0)" steam grep '^CapEff' /proc/self/status
# What was mounted for it cannot be taken away.
expect_status 32 steam -r umount /proc
