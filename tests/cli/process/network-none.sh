# needs: userns overlay tool:ip
# --net none has a loopback device that is up, and nothing else.
expect_status 0 nacre run --rm --net none -- ip -o link
expect_match '^1: lo: <LOOPBACK,UP,LOWER_UP>'
expect_no_match '^[2-9].*(UP|eth|wl)'
expect_status 0 nacre run --rm --net none -- ip -o addr show lo
expect_match 'inet 127\.0\.0\.1/8'
