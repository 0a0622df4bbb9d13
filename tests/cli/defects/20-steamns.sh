# needs: userns
# Defect 20, steamns: mount points that it made stayed in the root directory, and killed it left the command running.
# Nothing is made in the root but by the command, and all of it ends with steamns.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
steam_root root
rm -r root/{mnt,media,run}
describe()
{
	find root -printf '%p %y %m %s %l\n' | sort
}
describe >before
expect_status 0 steam -k true
expect_status 0 steam -r true
expect_status 0 steam -D -j ns true
describe | diff -u before -
for way in "" -r "-c ns" "-D -j ns"; do
	# shellcheck disable=SC2086 # words
	steamns -p root $way sh -c 'setsid sleep 989 & exec sleep 989' &
	pid=$!
	wait_until sh -c '[ "$(pgrep -x -f "sleep 989" | wc -l)" -eq 2 ]'
	kill -KILL $pid
	wait $pid || true
	# In a box that others can join what was left in the background may live on; its own command does not.
	case $way in
	*ns)
		wait_until sh -c '[ "$(pgrep -x -f "sleep 989" | wc -l)" -le 1 ]'
		nacre stop "steamns-$(printf %s "$T/ns" | sha256sum | cut -c1-16)" 2>/dev/null || true
		;;
	esac
	wait_until sh -c '! pgrep -x -f "sleep 989"'
done
wait_until has_passed ns
describe | diff -u before -
