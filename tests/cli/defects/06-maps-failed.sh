# needs: userns overlay user
# Defect 6: the command ran although its ids could not be mapped. Then nothing runs.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
small_root root
uid=$(id -u)
expect_status 1 nsroot_in root -M '0 0 1' -- touch /ran
expect_match '^nsroot: cannot map ids'
expect_status 1 nsroot_in root -M "0 $uid 1" -G '0 0 1' -- touch /ran
expect_status 1 nsroot_in root -M "0 $uid 1,1 4000000000 1" -- touch /ran
[ ! -e root/ran ] || fail "it ran"
# Also where the helper is not to be had.
mkdir bin
for tool in newuidmap newgidmap; do
	printf '#!/bin/sh\necho refused >&2\nexit 1\n' >bin/$tool
	chmod +x bin/$tool
done
expect_status 1 env PATH="$T/bin:$PATH" nacre as nsroot "${volumes[@]}" -M "0 $uid 1,1 100000 5" root touch /ran
expect_status 1 env PATH= "$NACRE" as nsroot "${volumes[@]}" -M "0 $uid 1,1 100000 5" root /bin/touch /ran
[ ! -e root/ran ] || fail "it ran"
