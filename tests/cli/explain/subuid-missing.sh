# needs: user newuidmap
# No subordinate ids, seen from a namespace where the file that grants them is empty.
: >empty
# shellcheck disable=SC2016 # for the inner shell
expect_error subuid-missing unshare --user --map-current-user --keep-caps --mount sh -eu -c '
	mount --bind empty /etc/subuid
	exec nacre run --uid-map "0:$(id -u):1,1:100000:10" --gid-map "0:$(id -g):1,1:100000:10" true'
expect_match "/etc/subuid has no line for $(id -un)"
