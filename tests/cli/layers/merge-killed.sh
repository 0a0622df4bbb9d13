# needs: userns overlay tool:strace
# A merge that is killed at any of its changes leaves the layer whole: as it was or as it is to be, and nothing beside it. Two at
# once: one is told who is at it.
small_root root
mkdir -p lay/d
echo layer | tee lay/a lay/b lay/d/x >/dev/null
box root -n box -l "$T/lay" -- sh -c 'echo box >>a; rm b; rm -r d; mkdir d; echo box >d/new'
list()
{
	find lay -printf '%P %y %m %T@\n' -type f -exec cat {} + | sort
}
list >before
expect_status 0 nacre commit box --layer ./lay --quiet
list | sed 's/ [0-9.]*$//' >after
nacre undo -q
list | diff -u before -

killed=0
for call in mkdirat linkat unlinkat symlinkat openat2 fsetxattr fchmod utimensat renameat2 syncfs flock; do
	for n in 1 2 4 7; do
		(
			strace -f -qq -o /dev/null -e trace="$call" -e inject="$call:signal=KILL:when=$n" \
				nacre commit box --layer ./lay --quiet
		) 2>/dev/null || killed=$((killed + 1))
		# The next one finishes it or takes it back.
		nacre undo -q 2>/dev/null || true
		list | diff -u before - || fail "killed at $call $n"
	done
done
[ "$killed" -ge 15 ] || fail "only $killed were killed"
expect_status 0 nacre commit box --layer ./lay --quiet
list | sed 's/ [0-9.]*$//' | diff -u after -
! ls -d .new-* 2>/dev/null || fail "something was left beside the layer"
expect_status 0 nacre undo

mkdir .new-lay
mkfifo ready go
flock .new-lay sh -c 'echo >ready; cat go' &
cat ready
expect_error commit-locked nacre commit box --layer ./lay
expect_match '^  facts   held by process [0-9]+: flock \.new-lay'
echo >go
wait
expect_status 0 nacre commit box --layer ./lay --quiet
[ ! -e .new-lay ] || fail "what was left is still there"
nacre undo -q

# Where nothing can be made beside it. Root could.
[ "$(id -u)" -eq 0 ] || expect_error merge-beside nacre commit box --layer /usr
