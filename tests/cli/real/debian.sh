# needs: userns overlay newuidmap mirror tool:mmdebstrap tool:getfattr
# timeout: 300
# A Debian root, made in a box by a plain user: apt-get installs over it, which leaves it as it is,
# and into it with --rw. Names are found although the root has no resolv.conf.
# shellcheck source=tests/lib/apt.sh
. "$SOURCE/tests/lib/apt.sh"

ids()
{
	unshare --user --map-root-user --map-auto "$@"
}

describe()
{
	# shellcheck disable=SC2016 # for the inner shell
	ids bash -c '. "$SOURCE/tests/lib/harness.sh"; describe_tree debian'
}

install()
{
	expect_status 0 nacre run --root debian --as-root "$@" -- \
		sh -ec 'apt-get -q update; apt-get -q -y install hello; hello -t; stat -c "%U:%G" /etc/shadow'
	expect_match '^hello, world$'
	expect_match '^root:shadow$'
}

trap 'ids rm -rf debian home' EXIT
distribution_sources deb >sources.list
expect_status 0 nacre run --as-root --rw -- mmdebstrap --mode=root --variant=apt \
	--dpkgopt=force-unsafe-io --dpkgopt='path-exclude=/usr/share/locale/*' \
	--aptopt='Acquire::Languages "none"' '' debian sources.list
[ "$(stat -c %u debian debian/bin/sh | uniq)" = "$(id -u)" ] || fail "it is not the user's own"
ids rm debian/etc/resolv.conf

describe >before
install
expect_match 'changes kept in box'
describe >after
diff -u before after || fail "the root is no longer what it was"

install --rw
expect_no_match 'changes kept'
[ -x debian/usr/bin/hello ] || fail "it was not installed"
[ ! -e debian/etc/resolv.conf ] || fail "a mount point was left in the root"
