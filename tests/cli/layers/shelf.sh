# needs: archive userns overlay
# The directory of the layers cannot be used, or is full: nothing is left, and the message is about layers.
small_root root
box root -n fix -- sh -c 'head -c 300000 /dev/zero | tr "\0" x >big'
many=$(head -c 100000 /dev/zero | tr '\0' x)
"$TAR" f big "$many" f big2 "$many" >big.tar
expect_error shelf-unusable env -u HOME -u XDG_DATA_HOME nacre import big.tar
expect_match 'neither HOME nor XDG_DATA_HOME is set'
expect_output '' env -u HOME -u XDG_DATA_HOME nacre layers
expect_error shelf-unusable env XDG_DATA_HOME=/proc/no nacre import big.tar
expect_match '^nacre: cannot use /proc/no/nacre/layers, where layers are kept: No such file or directory$'
mkdir -p foreign/nacre/layers
chmod 777 foreign/nacre/layers
expect_error shelf-foreign env "XDG_DATA_HOME=$T/foreign" nacre import big.tar
expect_error shelf-foreign env "XDG_DATA_HOME=$T/foreign" nacre run --rm --root root -l name true
mkdir tiny
with_mounts '
	mount -t tmpfs -o size=64k none tiny
	export XDG_DATA_HOME=$T/tiny
	expect_error shelf-full nacre import big.tar
	expect_match "^nacre: cannot import $T/big.tar: the place where layers are kept is full$"
	expect_error shelf-full nacre save fix big
	expect_match "^nacre: cannot save /big: the place where layers are kept is full$"
	[ -z "$(names tiny/nacre/layers)" ] || fail "left: $(names tiny/nacre/layers)"
	expect_status 125 nacre export fix -o tiny/out.tar
	expect_match "^nacre: cannot write the archive: No space left on device$"
	[ "$(names tiny)" = "nacre " ] || fail "left: $(names tiny)"'
