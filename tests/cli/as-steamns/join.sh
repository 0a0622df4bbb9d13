# needs: userns
# -c PATH makes namespaces that others join by -j PATH; the link goes with the last who leaves. "-" is .namespace in the root.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
steam_root root
steamns -p root -c ns sh -c 'readlink /proc/self/ns/pid >/home/space; touch /tmp/mine; until [ -e /tmp/end ]; do sleep 0.05; done; exit 6' &
creator=$!
wait_until test -s root/home/space
expect_output "$(cat root/home/space)" steam -j ns readlink /proc/self/ns/pid
expect_output "$(cat root/home/space)" steamns -j "$T/ns" readlink /proc/self/ns/pid
expect_output /tmp/mine steam -j ns ls /tmp/mine
[ "$(id -u)" -eq 0 ] || expect_output steamuser steam -j ns id -un
# By another name of the place where it lies.
ln -s . dir
expect_output "$(cat root/home/space)" steam -j dir/ns readlink /proc/self/ns/pid
# A status of its own, and signals.
expect_status 9 steam -j ns sh -c 'exit 9'
expect_status 143 steam -j ns sh -c 'kill -TERM $$'
# It is there: nobody makes another one.
expect_error 239 namespaces-there steam -c ns true
expect_error 239 namespaces-there steam -D -c ns
expect_match "^steamns: cannot make the namespaces $T/ns"
# nacre knows it by a name made of its path.
name=steamns-$(printf %s "$T/ns" | sha256sum | cut -c1-16)
expect_output /tmp/mine nacre exec "$name" ls /tmp/mine
expect_status 0 nacre ls
expect_match "^$name "
steam -j ns touch /tmp/end
status=0
wait $creator || status=$?
[ $status -eq 6 ] || fail "the creator's status is $status"
passes ns
# "-" is in the root, also when -p follows.
steamns -c - -p root sh -c 'until [ -e /tmp/end ]; do sleep 0.05; done' &
creator=$!
wait_until test -L root/.namespace
expect_status 0 steamns -j - -p root touch /tmp/end
wait $creator
passes root/.namespace
# Absent.
expect_error 254 namespaces-absent steam -j ns true
expect_error 254 namespaces-absent steam -j nowhere/ns true
# Who came later stays when the creator has gone.
steamns -p root -c ns sh -c 'until [ -e /tmp/joined ]; do sleep 0.02; done' &
creator=$!
wait_until test -L ns
steamns -j ns sh -c 'touch /tmp/joined; until [ -e /tmp/end ]; do sleep 0.02; done' &
member=$!
wait $creator
expect_status 0 steamns -j ns touch /tmp/end
wait $member
passes ns
