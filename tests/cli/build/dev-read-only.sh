# needs: userns
# --dev DST,ro: nothing can be made in it but in shm, which is a file system of its own; the nodes work; message queues have a place.
expect_output 'full null random tty urandom zero 
core fd mqueue ptmx pts shm stderr stdin stdout 
1777 tmpfs
queues' nacre run --tmpfs / "${host_programs[@]}" "${host_links[@]}" --dev /dev,ro --mqueue /dev/mqueue -- sh -c 'set -e; cd /dev
	for name in *; do [ ! -c $name ] || [ -L $name ] || printf "%s " $name; done; echo
	for name in *; do [ -c $name ] && [ ! -L $name ] || printf "%s " $name; done; echo
	! mkdir new 2>/dev/null; ! rm full 2>/dev/null; ! touch pts/new 2>/dev/null
	stat -f -c %T shm >/tmpfs; echo "$(stat -c %a shm) $(cat /tmpfs)"
	touch shm/file; echo x >null; head -c1 zero >/out; exec 3<>ptmx
	grep -q " /dev/mqueue .* mqueue " /proc/self/mountinfo && echo queues'
expect_status 0 nacre run --rm --dev /dev,ro -- sh -c '! touch /dev/new 2>/dev/null && touch /dev/shm/new /dev/stdout'
# Without the newer calls, too.
expect_status 0 "$REFUSE" fsopen,open_tree,move_mount,mount_setattr,fsmount -- \
	nacre run --tmpfs / "${host_programs[@]}" "${host_links[@]}" --dev /dev,ro -- sh -c '! touch /dev/new 2>/dev/null && touch /dev/shm/new && : >/dev/null'
expect_status 0 nacre run --tmpfs / "${host_programs[@]}" "${host_links[@]}" --dev /dev -- touch /dev/new
