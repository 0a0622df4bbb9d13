# needs: userns
# Files from descriptors, modes, links, what may be missing.
echo content >data
root="--ro-bind / / --tmpfs /tmp"
# shellcheck disable=SC2086 # words are words
bwrap()
{
	nacre as bwrap $root "$@"
}

expect_output 'content 666' bwrap --file 10 /tmp/a/file sh -c 'echo $(cat /tmp/a/file; stat -c %a /tmp/a/file)' 10<data
expect_output 'content 640' bwrap --perms 0640 --file 10 /tmp/file sh -c 'echo $(cat /tmp/file; stat -c %a /tmp/file)' 10<data
expect_output 'content 600' bwrap --bind-data 10 /tmp/file sh -c 'echo $(cat /tmp/file; stat -c %a /tmp/file)' 10<data
expect_status 0 bwrap --bind-data 10 /tmp/file sh -c 'echo more >>/tmp/file' 10<data
expect_status 0 bwrap --ro-bind-data 10 /tmp/file sh -c '! echo more >>/tmp/file' 10<data
[ "$(cat data)" = content ] || fail "the source has changed"
# From a pipe, more than one holds.
expect_output 300000 bwrap --file 0 /tmp/big stat -c %s /tmp/big < <(head -c 300000 /dev/zero)
# Data that comes over a bind is bound, not written.
expect_output content bwrap --ro-bind-data 10 /etc/passwd cat /etc/passwd 10<data
expect_output 711 bwrap --dir /tmp/d --chmod 0711 /tmp/d stat -c %a /tmp/d
expect_status 1 bwrap --chmod 0711 /tmp/missing true
expect_status 0 bwrap --bind-try /no/such/place /tmp/x --ro-bind-try /no/such/place /tmp/y sh -c '[ ! -e /tmp/x ]'
expect_status 0 bwrap --symlink some/where /tmp/l --symlink some/where /tmp/l sh -c '[ "$(readlink /tmp/l)" = some/where ]'
expect_status 1 bwrap --symlink some/where /tmp/l --symlink else/where /tmp/l true
expect_status 0 bwrap --remount-ro /tmp sh -c '! touch /tmp/x'
# Bound by descriptor: a directory, a file, read-only.
mkdir dir && touch dir/in
expect_output in bwrap --bind-fd 10 /tmp/dir ls /tmp/dir 10<dir
expect_status 0 bwrap --ro-bind-fd 10 /tmp/dir sh -c '! touch /tmp/dir/x' 10<dir
expect_output content bwrap --bind-fd 10 /tmp/f cat /tmp/f 10<data
# Its place is somebody else's by now: that is not bound.
mkdir other
exec 11<other
rmdir other && mkdir other
expect_status 1 bwrap --bind-fd 11 /tmp/dir true
