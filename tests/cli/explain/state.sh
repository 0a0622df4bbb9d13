# needs: userns overlay
# The directory of the boxes cannot be used.
mkdir -p foreign/nacre
chmod 777 foreign/nacre

expect_error state-foreign env "XDG_STATE_HOME=$T/foreign" nacre run true
expect_error state-missing env XDG_STATE_HOME=/proc/no/such nacre run true
expect_error lock-unsupported "$REFUSE" flock:ENOLCK -- nacre run -n box true
mkdir root
nacre run -q -n based true
expect_error box-other-base nacre run --root root -n based true
