# needs: archive userns overlay
# Where it goes: a file when it is whole, a pipe, packed by its name's ending.
small_root root
box root -n fix -- sh -c 'echo x >new'
nacre export -q fix -o plain.tar
expect_output './ new' sh -c 'nacre export -q fix -o - | tar -tf - | tr "\n" " " | sed "s/ $//"'
cmp <(nacre export -q fix -o -) plain.tar
for ending in gz tgz bz2 xz zst; do
	expect_status 0 nacre export fix -o "out.$ending"
	cmp -s "out.$ending" plain.tar && fail "$ending is not packed"
	expect_status 0 nacre import "out.$ending" "$ending"
done
# What is there stays until the new one is whole; a link to it stays, and so does what is no file.
echo old >target
ln -s target link.tar
nacre export -q fix -o link.tar
cmp target plain.tar && [ -L link.tar ]
echo /etc >old.tar
box root -n bad -- sh -c 'echo x >.wh.name'
expect_error export-name nacre export bad -o old.tar
expect_match '^nacre: cannot pack /\.wh\.name: in a layer this name would say that another is gone$'
expect_output /etc cat old.tar
expect_status 0 nacre export fix -o /dev/null
[ -c /dev/null ] || fail "/dev/null was replaced"
expect_status 125 nacre export fix -o nowhere/x.tar
expect_match '^nacre: cannot write '
expect_status 125 nacre export fix -o root
expect_error usage-words nacre export fix
expect_error usage-words nacre export a b -o x.tar
expect_error box-unknown nacre export nobox -o x.tar
! compgen -G '.nacre-export*' || fail "a temporary file is left"
[ "$(stat -c %a plain.tar)" = "$(printf '%o' $((0666 & ~0$(umask))))" ] || fail "its mode is not the usual one"
