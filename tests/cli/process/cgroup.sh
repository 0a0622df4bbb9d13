# needs: cgroup userns overlay
# --cgroup: the box begins in that group, which is the root of its cgroup namespace; without one of its own the path is the whole one.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/needs.sh"
group=$(cgroup_make)
trap 'rmdir "$group/threads" "$group/beside" "$group/in" "$group" 2>/dev/null' EXIT
mkdir "$group/in"
expect_output '/' nacre run --rm --cgroup "$group/in" -- sed -n 's/^0:://p' /proc/self/cgroup
nacre run --rm --share cgroup --cgroup "$group/in" -- sed -n 's/^0:://p' /proc/self/cgroup >path
case $(cat path) in */"$(basename "$group")"/in) ;; *) fail "it is in $(cat path)" ;; esac
# Init too, and what is left when it is over is nothing.
expect_output 3 nacre run --rm --share cgroup --cgroup "$group/in" -b "$group" -- sh -c 'grep -c . "$1/in/cgroup.procs"' sh "$group"
expect_output '' cat "$group/in/cgroup.procs"
# The program that nacre becomes.
expect_output '/' nacre run --rw --share pid --cgroup "$group/in" -- sed -n 's/^0:://p' /proc/self/cgroup
expect_output '/' nacre run --rm --as-root --cgroup "$group/in" -- sed -n 's/^0:://p' /proc/self/cgroup
# By its descriptor.
exec 7<"$group/in"
expect_output '/' nacre run --rm --cgroup /proc/self/fd/7 -- sed -n 's/^0:://p' /proc/self/cgroup
expect_error cgroup-missing nacre run --rm --cgroup "$group/nothing" true
mkdir "$group/threads" "$group/beside"
echo threaded >"$group/threads/cgroup.type"
expect_error cgroup-no-processes nacre run --rm --cgroup "$group/beside" true
