# needs: userns overlay root
# Called by root: without a map its own id and no capabilities; with one, whatever it says.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
small_root root
expect_output '0 0 0000000000000000' nsroot_in root -v /proc:/proc -- \
	sh -c 'echo $(id -u) $(id -g) $(sed -n "s/^CapEff:\s*//p" /proc/self/status)'
map='0 0 1,1 100000 10'
expect_output '0 0 5:6' nsroot_in root -M "$map" -G "$map" -- \
	sh -c 'touch /etc/owned && chown 5:6 /etc/owned && echo $(id -u) $(id -g) $(stat -c %u:%g /etc/owned)'
expect_output 100004:100005 stat -c %u:%g root/etc/owned
rm root/etc/owned
expect_output '7 0' nsroot_in root -M '7 0 1' -- sh -c 'echo $(id -u) $(id -g)'
chmod 755 "$T" root
expect_output '3 4' nsroot_in root -M '3 100000 10' -G '4 100000 10' -- sh -c 'echo $(id -u) $(id -g)'
