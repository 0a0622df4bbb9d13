# needs: userns overlay
# A command with sys_admin cannot undo a read-only bind or a mask: they belong to another namespace.
mkdir ro secret && echo hidden >secret/file
cat >attempt.sh <<'END'
! mount -o remount,rw,bind "$1/ro" || exit 11
! mount -o remount,rw "$1/ro" || exit 12
! umount "$1/ro" || exit 13
! umount "$1/secret" || exit 14
! umount -l /proc || exit 15
! touch "$1/ro/new" || exit 16
[ ! -e "$1/secret/file" ] || exit 17
mkdir -p "$1/point"
mount -t tmpfs tmpfs "$1/point" && umount "$1/point" || exit 18
END
for identity in '-u 0' '--as-root' ''; do
	# shellcheck disable=SC2086 # words
	expect_status 0 nacre run -q --rm $identity --cap-add sys_admin \
		-b "$T/ro:$T/ro:ro" --hide "$T/secret" -- bash attempt.sh "$T"
done
[ ! -e ro/new ] || fail "the bind was written"
