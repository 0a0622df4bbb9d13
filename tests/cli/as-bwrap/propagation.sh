# needs: root
# A mount that the host makes later below something bound is seen, as on removable media; nothing propagates out.
mkdir dir dir/later
mount --bind dir dir && mount --make-shared dir
trap 'umount -R "$T/dir"' EXIT
mkfifo go
nacre as bwrap --ro-bind / / --bind "$T/dir" /mnt sh -c 'read -r line <&9; ls /mnt/later; mount -t tmpfs none /mnt/later' 9<>go >out &
sleep 0.3
mount -t tmpfs none dir/later
touch dir/later/seen
echo >go
wait
[ "$(cat out)" = seen ] || fail "it was not seen"
[ "$(ls dir/later)" = seen ] || fail "a mount came out"
