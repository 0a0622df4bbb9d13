# needs: userns overlay
# Defect 19: over the host's root the new pid namespace saw the host's /proc.
# Each base has a /proc in which the box's processes are and no others, under their numbers there; also for who joins.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/live.sh"
small_root root
sleep 1000 &
outside=$!
# The shell's own number is that of its /proc/self, and the machine's processes are not there.
# shellcheck disable=SC2016 # for the shell inside
look='
set -- /proc/[0-9]*
[ $# -le 8 ] || echo "there are $# processes"
read -r self rest </proc/self/stat
[ "$self" -eq $$ ] || echo "/proc/self is $self, and I am $$"
[ -e /proc/1/status ] && [ -d "/proc/$$" ] || echo "there is no PID 1, or I am not there"
grep -lsa "^slee[p]" /proc/[0-9]*/cmdline
stat -f -c %T /proc'
for base in "" --rw --ro --rm "--rw --as-root" "--writes drop" "--share ipc"; do
	# shellcheck disable=SC2086 # words
	expect_output proc nacre run -q $base -- sh -c "$look"
	# shellcheck disable=SC2086
	expect_output proc box root -q $base -- sh -c "$look"
done
expect_output proc nacre enter host -- sh -c "$look"
expect_output proc enter dir sh -c "$look"
nacre start -q host2
started dir2
expect_output proc nacre enter host2 -- sh -c "$look"
expect_output proc enter dir2 sh -c "$look"
nacre stop host2
nacre stop dir2
kill $outside
