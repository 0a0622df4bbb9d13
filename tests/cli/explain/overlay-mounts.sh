# needs: userns overlay
# Layers and uppers on mounts that cannot serve, each made in a namespace of the test's own.
with()
{
	unshare --user --map-root-user --mount sh -eu -c "$1"'; shift; exec "$@"' sh "$@"
}

mkdir -p low mount over up
tmpfs='mount -t tmpfs tmpfs mount && mkdir mount/up mount/low'
stack='mount -t overlay overlay -o lowerdir=low:up,upperdir=mount/up,workdir=mount/low,userxattr over'

expect_error overlay-upper-readonly with "$tmpfs; mount --bind -o ro mount mount" \
	nacre run -o /mnt,lower=low,upper=mount/up true
expect_error overlay-work-elsewhere with "$tmpfs" \
	nacre run -o /mnt,lower=low,upper=up,work=mount/up true
expect_match "upper $T/up is on [a-z0-9]+, work $T/mount/up on tmpfs"
expect_error overlay-upper-fs with "$tmpfs; $stack; mkdir over/up" \
	nacre run -o /mnt,lower=low,upper=over/up true
