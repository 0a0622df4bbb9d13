# needs: userns overlay
# A box over the host has an overlay for each subtree; its layer is one tree. It lies in the base, and is stacked over it all
# the same, also where layers are not taken as descriptors, or not one by one.
mkdir -p "$HOME/d"
echo base >"$HOME/d/file"
nacre run -q -n fix sh -c "rm $HOME/d/file; mkdir -p $HOME/new/dir; echo x >$HOME/new/dir/file; echo tmp >/tmp/nacre-test-save"
expect_status 0 nacre save fix layer
for calls in chroot fsconfig=5:EINVAL fsopen,open_tree,move_mount,mount_setattr,fsmount; do
	expect_output 'x tmp gone' "$REFUSE" "$calls" -- nacre run --rm -l layer sh -c \
		"echo \$(cat $HOME/new/dir/file /tmp/nacre-test-save; test -e $HOME/d/file || echo gone)"
done
[ -e "$HOME/d/file" ] || fail "the host was written"
# What a box on top of it changes is a change of the base and the layer together.
nacre run -q -n more -l layer sh -c "echo y >>$HOME/new/dir/file"
expect_output "M $HOME/new/dir/file" sh -c 'nacre status more --porcelain | tr "\t" " "'
cd "$HOME/.local/share/nacre/layers/layer"
expect_output "$(stat -c %a /)" stat -c %a .
cd
nacre layers --rm layer
