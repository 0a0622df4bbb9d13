# needs: userns overlay
# Defect 23: calls that give up privileges were not looked at. When one fails, nothing runs.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
small_root root
for call in capset keyctl:EINVAL; do
	expect_status 125 "$REFUSE" "${call%:*}:EINVAL" -- nacre run --rm -- touch ran
	expect_status 125 "$REFUSE" "${call%:*}:EINVAL" -- nacre as overlayns touch ran
	expect_status 125 "$REFUSE" "${call%:*}:EINVAL" -- nacre as nsroot "${volumes[@]}" root touch /ran
done
[ ! -e ran ] && [ ! -e root/ran ] || fail "it ran"
