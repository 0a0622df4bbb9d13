# needs: userns
# -D -j joins, and makes what is not there: in the background, without the caller's terminal, and it ends with its last member.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
steam_root root
expect_output hello steam -D -j ns echo hello
passes ns
steamns -p root -D -j ns sh -c 'readlink /proc/self/ns/pid >/home/space; until [ -e /tmp/end ]; do sleep 0.05; done' &
first=$!
wait_until test -s root/home/space
# What it is made of is said by who made it.
expect_output "$(cat root/home/space)" steam -D -M -G -k -j ns readlink /proc/self/ns/pid
expect_status 1 steam -D -W -j ns touch /usr/new
expect_error 5 steamns-options steam -D -H -j ns true
steam -j ns sh -c 'setsid sleep 0.5 </dev/null >/dev/null 2>&1 &'
steam -j ns touch /tmp/end
wait $first
# A process that was left behind holds it.
expect_output "$(cat root/home/space)" steam -j ns readlink /proc/self/ns/pid
wait_until has_passed ns
# A pipe of the caller is not held open.
expect_output said sh -c 'steamns -p root -D -j ns sh -c "echo said; setsid sleep 5 >/dev/null 2>&1 </dev/null &" | cat'
expect_status 0 steam -D -j ns true
nacre stop "steamns-$(printf %s "$T/ns" | sha256sum | cut -c1-16)"
passes ns
