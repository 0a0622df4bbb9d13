# needs: userns overlay
# The directory of the boxes cannot be used.
mkdir -p foreign/nacre small
chmod 777 foreign/nacre

expect_error state-foreign env "XDG_STATE_HOME=$T/foreign" nacre run true
expect_error state-readonly unshare --user --map-root-user --mount sh -eu -c '
	mount -t tmpfs -o ro tmpfs small
	XDG_STATE_HOME=$T/small exec nacre run true'
expect_error state-missing env XDG_STATE_HOME=/proc/no/such nacre run true
expect_error lock-unsupported "$REFUSE" flock:ENOLCK -- nacre run -n box true
