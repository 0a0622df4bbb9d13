# needs: userns overlay
# The system's directories for everybody and for installers can be written in a box.
for dir in /tmp /var/tmp /usr/local /usr/local/bin /opt; do
	[ -d "$dir" ] || continue
	expect_status 0 nacre run --rm -- sh -c "mkdir $dir/nacre-test-dir && touch $dir/nacre-test-dir/file"
	[ ! -e "$dir/nacre-test-dir" ] || fail "the host was written"
done
expect_output "$(stat -c %a /tmp)" nacre run --rm -- stat -c %a /tmp
