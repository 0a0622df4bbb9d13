# needs: archive userns overlay tool:python3
# A tar has no sockets: they are left out, and said to be.
small_root root
box root -n fix -- python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("/sock"); open("/file", "w")'
expect_status 0 nacre export fix -o out.tar
expect_match '^nacre: warning: left out the socket /sock$'
expect_output './ file' sh -c 'echo $(tar -tf out.tar)'
