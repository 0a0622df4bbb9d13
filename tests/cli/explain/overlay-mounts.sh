# needs: userns overlay
# Layers and uppers on mounts that cannot serve, each made in a namespace of the test's own.
with()
{
	unshare --user --map-root-user --mount sh -eu -c "$1"'; shift; exec "$@"' sh "$@"
}

mkdir -p low mount up
tmpfs='mount -t tmpfs tmpfs mount && mkdir mount/up mount/low'
stack='mount -t overlay -o lowerdir=low:up,userxattr overlay mount'

expect_error overlay-upper-readonly with "$tmpfs; mount -o remount,ro mount" \
	nacre run -o /mnt,lower=low,upper=mount/up true
expect_error overlay-work-elsewhere with "$tmpfs" \
	nacre run -o /mnt,lower=low,upper=up,work=mount/up true
expect_match "upper $T/up is on [a-z0-9]+, work $T/mount/up on tmpfs"
expect_error overlay-upper-fs with "$tmpfs; mkdir mount/low/u; $stack,upperdir=mount/up" \
	nacre run -o /mnt,lower=low,upper=mount/u true
