# needs: userns
# What is bound is the host's, also when the new root lies over the old one already: / itself, and a link that goes up to / by "..".
mkdir -p a/b
echo text >a/text
up=$(realpath --relative-to="$T/a/b" "$T/a/text")
ln -s "$(realpath --relative-to="$T/a/b" /)/${T#/}/a/text" a/b/link
[ "$(cat a/b/link)" = text ] && [ "$up" = ../text ] || fail "the link leads elsewhere"
box()
{
	nacre run --tmpfs / --no-defaults -b /usr --symlink usr/bin /bin --symlink usr/lib /lib --symlink usr/lib64 /lib64 "$@"
}

expect_output text box -b "$T/a/b/link:/x" -- cat /x
expect_status 0 box --dir /only-here -b /:/host -- sh -c '[ -d /host/etc ] && [ ! -e /host/only-here ]'
# With many binds before, and with few descriptors.
many=()
for ((i = 0; i < 200; i++)); do
	many+=(-b "$T/a:/many/$i")
done
expect_output text box "${many[@]}" -b "$T/a/b/link:/x" -- cat /x
(
	ulimit -n 64
	expect_status 0 box "${many[@]}" -- sh -c '[ -e /many/199/text ]'
)
# What was made to be bound is not to be seen in a copy of /proc.
expect_status 0 nacre as bwrap --ro-bind / / --tmpfs /tmp --ro-bind-data 10 /tmp/file --bind /proc /tmp/p \
	sh -c '! grep -q "/tmp/p/[0-9].*/ns" /proc/self/mountinfo' 10<a/text
