# needs: userns
# The root is an empty tmpfs, in which places appear with their parents; a bind of / takes its place.
bwrap()
{
	nacre as bwrap --ro-bind /usr /usr --symlink usr/bin /bin --symlink usr/lib /lib --symlink usr/lib64 /lib64 "$@"
}

expect_output 'bin lib lib64 usr' bwrap sh -c 'cd / && echo *'
expect_output 'a bin lib lib64 usr' bwrap --dir /a/b/c sh -c 'cd / && echo *'
expect_output '755 700 tmpfs' bwrap --dir /a/b --perms 0700 --tmpfs /a/b/c \
	sh -c 'echo $(stat -c %a /a/b /a/b/c) $(stat -f -c %T /a/b/c)'
expect_output '700 700' bwrap --perms 0700 --dir /p/q sh -c 'echo $(stat -c %a /p /p/q)'
expect_output '750 740' bwrap --perms 0740 --dir /p/q sh -c 'echo $(stat -c %a /p /p/q)'
expect_status 0 nacre as bwrap --ro-bind / / sh -c '[ ! -w /usr ] && [ -e /etc/passwd ]'
# A mount on / after others covers them all.
expect_status 0 nacre as bwrap --dir /covered --tmpfs /also --ro-bind / / sh -c '[ ! -e /covered ]'
# A link that goes up to / by "..", and / itself, are the host's also when the new root stands.
mkdir host
ln -s "$(realpath --relative-to="$T" /usr/bin/env)" link
expect_status 0 bwrap --ro-bind "$T/link" /env --ro-bind / /host sh -c '/env true && [ -d /host/etc ] && [ ! -e /host/host/etc ]'
