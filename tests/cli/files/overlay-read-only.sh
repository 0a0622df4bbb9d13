# needs: userns overlay
# Layers alone: read-only, one or several, the last on top.
small_root root
mkdir a b c
for i in a b c; do echo "$i" >"$i/same"; echo "$i" >"$i/$i"; done
expect_output a box root -o /o,lower=a -- cat /o/same
expect_output 'c a b c' box root -o /o,lower=a,lower=b,lower=c -- sh -c 'cd /o; echo $(cat same a b c)'
expect_output a box root -o /o,lowerdir=a:b:c -- cat /o/same
expect_status 0 box root -o /o,lower=a -- sh -c '! touch /o/new 2>/dev/null'
expect_status 0 box root -o /o,lower=a,lower=b -- sh -c '! rm /o/same 2>/dev/null'
