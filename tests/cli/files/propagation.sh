# needs: userns overlay
# What is mounted on the host later does not appear in a bind; with slave it does.
small_root root
mkdir src ready
with_mounts '
	mount --bind src src
	mount --make-shared src
	mkdir src/later
	watch="touch /ready/now; cat /ready/go >/dev/null; ls /data/later"
	for kind in "" ":slave"; do
		rm -f ready/*
		mkfifo ready/go
		box root -b "src:/data$kind" -b ready:/ready -- sh -c "$watch" >out &
		wait_until test -e ready/now
		mount -t tmpfs none src/later
		touch src/later/arrived
		echo >ready/go
		wait $!
		umount src/later
		echo "${kind:-private}: $(cat out)"
	done
'
