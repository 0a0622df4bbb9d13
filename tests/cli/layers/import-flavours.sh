# needs: archive tool:getfattr
# Every flavour of tar, as far as each can tell.
hostile_tree tree
for flavour in gnu oldgnu posix; do
	tar --format="$flavour" -C tree -cf "$flavour.tar" .
	expect_status 0 nacre import -q "$flavour.tar"
	(cd tree && find . -printf '%p %y %m %s %n %Ts %l\0' | sort -z) >want
	(cd "$HOME/.local/share/nacre/layers/$flavour" && find . -printf '%p %y %m %s %n %Ts %l\0' | sort -z) >got
	# A directory's size is its file system's business.
	sed -zi 's/^\(.* d [0-9]*\) [0-9]* /\1 /' want got
	cmp want got || fail "$flavour: $(diff <(tr '\0' '\n' <want) <(tr '\0' '\n' <got))"
done
