# needs: user userns overlay
# Without subordinate ids --as-root has one id, and a warning says so.
: >empty
# shellcheck disable=SC2016 # for the inner shell
keep unshare --user --map-current-user --mount --keep-caps sh -c '
	mount --bind empty /etc/subuid && mount --bind empty /etc/subgid &&
	exec setpriv --bounding-set -all --inh-caps -all \
		nacre run --rm --as-root -- sh -c "id -u; cat /proc/self/uid_map"'
[ "$status" -eq 0 ] || fail_with_output "status $status"
expect_match '^0$'
expect_match "^ *0 +$(id -u) +1\$"
expect_match 'nacre: .*(subordinate|one id|range)'
