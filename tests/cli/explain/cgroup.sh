# needs: user userns
# Control groups that take nobody. A file that is only called like that of a group stays as it is.
mkdir dir
printf 'mine' >dir/cgroup.procs
expect_error cgroup-missing nacre run --rm --cgroup dir true
[ "$(cat dir/cgroup.procs)" = mine ] || fail "it was written"
expect_error cgroup-missing nacre run --rm --cgroup dir/cgroup.procs true
expect_error cgroup-missing nacre run --rm --cgroup nothing true
mount=$(awk '{ for (i = 7; $i != "-"; i++); if ($(i + 1) ~ "^cgroup") { print $5; exit } }' /proc/self/mountinfo)
[ -z "$mount" ] || expect_error cgroup-denied nacre run --rm --cgroup "$mount" true
