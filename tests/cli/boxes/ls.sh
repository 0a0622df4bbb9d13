# needs: userns overlay
# The boxes there are, the one used last first.
expect_output '' nacre ls
expect_match '^nacre: there is no box; nacre run COMMAND makes one'
nacre run -q -n first touch first
nacre run -q -n second sh -c 'touch second; mkdir "a b"; printf "%s" "$1" >/dev/null' sh $'esc\e[31m'
nacre run -q -n nothing true

expect_status 0 nacre ls
expect_match '^NAME +STATE +CHANGES +SIZE +HELD +AGE +COMMAND$'
expect_match '^second +kept +2 +[0-9.]+ [KM]?B +- +.* sh -c .* sh "esc\\x1b\[31m"$'
expect_match '^nothing +kept +0 '
nacre ls | awk 'NR > 1 { print $1 }' | tr '\n' ' ' >order
grep -qx 'nothing second first ' order
nacre run -q -n first true
nacre ls | sed -n 2p | grep -q '^first '
expect_output "first
nothing
second" nacre __complete boxes
expect_output '' nacre __complete
expect_output '' nacre __complete nothing-of-the-kind

expect_error usage-extra-word nacre ls first
nacre rm --all
expect_output '' nacre __complete boxes
