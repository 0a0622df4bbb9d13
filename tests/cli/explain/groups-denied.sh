# needs: newuidmap tool:nsenter
# Another user in a namespace where setgroups(2) was denied for good.
mkfifo ready go
# shellcheck disable=SC2016 # for the inner shells
expect_error groups-denied unshare --user --map-root-user --map-auto sh -eu -c '
	unshare --user sh -c "echo >ready; cat go" &
	cat ready
	echo deny >/proc/$!/setgroups
	printf "0 0 1\n1 1 9\n" >/proc/$!/uid_map
	printf "0 0 1\n1 1 9\n" >/proc/$!/gid_map
	status=0
	nsenter --user --preserve-credentials -t $! \
		nacre run --uid-map 0:0:1,1:1:1 --gid-map 0:0:1,1:1:1 -u 1:0 true || status=$?
	echo >go
	wait
	exit $status'
