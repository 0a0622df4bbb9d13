# needs: archive userns overlay tool:python3
# A tar has no sockets: they are left out, and said to be.
small_root root
box root -n fix -- python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("/sock"); open("/file", "w")'
expect_status 0 nacre export fix -o out.tar
expect_match '^nacre: warning: left out the socket /sock$'
expect_output './ file' sh -c 'echo $(tar -tf out.tar)'
# What a socket took the place of is gone.
mkdir -p root/d/below
touch root/f root/d/below/g
box root -n over -- python3 -c '
import os, shutil, socket
os.remove("/f"); shutil.rmtree("/d")
for name in "/f", "/d": socket.socket(socket.AF_UNIX).bind(name)'
expect_status 0 nacre export over -o over.tar
expect_match '^nacre: warning: left out the socket /d$'
expect_output './ .wh.d .wh.f' sh -c 'echo $(tar -tf over.tar)'
! nacre export -q over --plain / -o - 2>plain.out | tar -tf - | grep -E '^[df](/|$)|\.wh\.' || fail "--plain has what is gone"
grep -qx 'nacre: warning: left out the socket /f' plain.out
