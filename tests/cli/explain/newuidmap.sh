# needs: user newuidmap tool:setpriv
# Ranges of ids: the helpers are missing, have no rights, or refuse.
own=$(id -u):1 group=$(id -g):1

expect_error newuidmap-missing env PATH=/no/such/directory "$NACRE" run --as-root true
expect_error newuidmap-no-new-privs setpriv --no-new-privs \
	nacre run --uid-map "0:$own,1:$(first_id /etc/subuid):10" \
	--gid-map "0:$group,1:$(first_id /etc/subgid):10" true
expect_error subuid-too-small nacre run --uid-map "0:$own,1:4294900000:10" --gid-map "0:$group" true

mkdir bin
cp "$(command -v newuidmap)" "$(command -v newgidmap)" bin
expect_error newuidmap-not-setuid env "PATH=$T/bin:$PATH" nacre run --as-root true
printf '#!/bin/sh\nexit 1\n' >bin/newuidmap
chmod u+s bin/newuidmap bin/newgidmap
expect_error newuidmap-refused env "PATH=$T/bin:$PATH" nacre run --as-root true

expect_error newuidmap-nested unshare --user --map-current-user nacre run --as-root true
