# needs: userns overlay mirror tool:getent
# A host's name is found in a box if it is found outside, and in a root directory that has no
# resolv.conf.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/apt.sh"
host=$(distribution_sources deb | sed -n '1s,^deb [a-z]*://\([^/:]*\).*,\1,p')
keep getent ahosts "$host"
outside=$status

expect_status "$outside" nacre run --rm -- getent ahosts "$host"
mkdir -p root/etc root/usr
for link in bin lib lib64; do
	[ ! -L "/$link" ] || ln -s "usr/$link" "root/$link"
done
expect_status "$outside" nacre run --rm --root root -b /usr:/usr:ro -- getent ahosts "$host"
