# needs: userns overlay tool:getfattr
# What a box changed, frozen: stacked over the same base it shows what the box saw, and the box goes on.
small_root root
mkdir -p root/d/sub root/e root/gone root/whole
for file in d/a d/b d/sub/c e/e gone/g whole/w noise; do
	echo base >"root/$file"
done
touch -d 2001-02-03 root/e
box root -n fix -- sh -c '
	echo more >>d/a; rm d/b; rm -r gone; rm -r whole; mkdir whole; echo new >whole/n
	mkdir -m 700 new; echo n >new/n; ln new/n new/m; ln -s n new/l; mkfifo new/p
	setfattr -n user.x -v 1 new/n; setfattr -n user.overlay.y -v 2 new/n
	chmod 500 e; exec 3<>noise; rm d/sub/c; echo file >d/sub/c'
expect_status 0 nacre save fix layer
expect_match "^nacre: layer layer has [0-9]+ objects of box fix; use it with: nacre run --root $T/root -l layer\$"
# The root and etc hold the mount points of each start: their times are those of the start.
seen='find . -xdev -not -path "./proc*" -not -path "./dev*" -not -path "./sys*" -not -path "./usr*" \
		\( \( -name . -o -path ./etc \) -printf "%p %y %m %n\n" -o -printf "%p %y %m %n %l %Ts\n" \) | sort
	cat d/a d/sub/c whole/n new/n; getfattr -d new/n'
box root -n fix -- sh -c "$seen" >want
box root --rm -l layer -- sh -c "$seen" >got
diff -u want got
[ ! -e "$HOME/.local/share/nacre/layers/layer/noise" ] || fail "a copy that is no change was saved"
box root -n fix -- sh -c 'test -e new/n'

expect_error layer-exists nacre save fix layer
expect_error layer-name nacre save fix .x
expect_error box-unknown nacre save nobox name
expect_error usage-words nacre save
expect_error usage-words nacre save a b c
box root -n idle -- true
expect_error box-unchanged nacre save idle name
mkfifo ready go
box root -n fix -b "$T" -- sh -c "echo >$T/ready; cat $T/go" &
cat ready
expect_error box-in-use nacre save fix other
echo >go
wait
# Without a box: the one that ran last.
expect_status 0 nacre save -q last
expect_no_match .
