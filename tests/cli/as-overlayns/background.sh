# needs: userns overlay
# What the command leaves running goes on, as without overlayns; where an overlay can be written it ends with the command.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
mkdir m low up work
left()
{
	overlayns "$@" sh -c 'sleep 1000 >/dev/null 2>&1 & echo $!'
}
is_alive()
{
	[ -d "/proc/$1" ] && ! grep -q '^State:.Z' "/proc/$1/status"
}
for words in '-m tmpfs,none,m' '-o m,lowerdir=low'; do
	# shellcheck disable=SC2086 # words
	pid=$(left $words)
	is_alive "$pid" || fail "$words: it did not go on"
	kill "$pid"
done
for words in '-o m,lowerdir=low,tmp' '-o m,lowerdir=low,upperdir=up,workdir=work'; do
	# shellcheck disable=SC2086 # words
	pid=$(left $words)
	! is_alive "$pid" || fail "$words: it went on"
done
