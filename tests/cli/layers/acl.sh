# needs: archive userns overlay outside tool:setfacl tool:getfacl
# ACLs survive the way into a layer and out of a box, default ones too.
mkdir -p "$HOME/.local/share" tree tree/d
# What the home has as a default for new files is none of the layer's.
setfacl -d -m u:3:rwx,g:3:rwx "$HOME/.local/share"
touch tree/file tree/none
mkdir tree/plain
setfacl -m u:1:rw,g:2:r,m::rw tree/file
setfacl -m u:1:rwx,d:u:2:r-x,d:g:3:r tree/d
tar --acls -C tree -cf tree.tar .
expect_status 0 nacre import tree.tar
expect_no_match 'left out'
diff <(cd tree && getfacl -n . file d none plain) \
	<(cd "$HOME/.local/share/nacre/layers/tree" && getfacl -n . file d none plain)

small_root root
box root -n fix -- sh -c 'mkdir new new/d; touch new/file; setfacl -m "u:$1:rwx,g::-,m::r" new/file
	setfacl -m "d:u:$1:r-x" new/d; getfacl -n new/file new/d' sh "$(id -u)" >want
nacre export -q fix -o out.tar
mkdir out
tar --acls -C out -xpf out.tar new
diff want <(cd out && getfacl -n new/file new/d)
expect_status 0 nacre import out.tar
diff want <(cd "$HOME/.local/share/nacre/layers/out" && getfacl -n new/file new/d)
expect_status 0 nacre save fix saved
diff want <(cd "$HOME/.local/share/nacre/layers/saved" && getfacl -n new/file new/d)
