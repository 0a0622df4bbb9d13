# needs: userns overlay range mirror tool:mmdebstrap tool:getfattr
# timeout: 300
# A Debian root, made in a box by whoever calls: apt-get installs over it, which leaves it as it is,
# and into it with --rw. Names are found whatever resolv.conf the root has, which stays.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/apt.sh"

# With the ids that the tree has: a plain user's subordinate ones.
ids()
{
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	else
		unshare --user --map-root-user --map-auto "$@"
	fi
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

trap 'ids rm -rf "$T/debian" "$T/home"' EXIT
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

ids cp /dev/null debian/etc/resolv.conf
install --rw
expect_no_match 'changes kept'
[ -x debian/usr/bin/hello ] || fail "it was not installed"
[ ! -s debian/etc/resolv.conf ] || fail "the root's resolv.conf was written"
