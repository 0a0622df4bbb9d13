# needs: userns overlay tty
# While somebody thinks about what to do, the box is run again: what he saw is not what there is.
mkdir d
cd d
mkfifo ../in
on_terminal nacre try -- touch made <../in >../out 2>&1 &
run=$!
exec 3>../in
wait_until grep -q 'discard?' ../out
nacre run -q -n "$(nacre ls --json | sed -n 's/.*"name": "\(.*\)",/\1/p' | head -1)" -- touch other
echo a >&3
exec 3>&-
wait $run || true
grep -q box-used-meanwhile ../out || fail 'nothing was noticed'
# met box-used-meanwhile
[ ! -e made ]
