# needs: root userns overlay mirror
# timeout: 180
# apt-get installs a package in root's box over the host: it runs there, dpkg outside knows nothing.
database()
{
	find /var/lib/dpkg /var/lib/apt /usr/bin -printf '%p %y %m %U %s %C@\n'
}

database >before
expect_status 0 nacre run -- sh -ec \
	'apt-get -q update; apt-get -q -y --reinstall install hello; hello -t; dpkg -V hello'
expect_match '^hello, world$'
expect_match 'changes kept in box'
database >after
diff -u before after || fail "it was written outside"
