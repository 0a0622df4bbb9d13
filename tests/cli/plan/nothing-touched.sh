# needs: tool:getfattr
# A dry run makes nothing: no state, nothing in the root.
small_root root
cp -a root before
box root --dry-run --tmpfs /t -l root/etc -o /etc,tmp -n mine -- true >plan
same_tree before root
[ -z "$(find home run tmp -mindepth 1 ! -name 'tree-*')" ] || fail "it made: $(find home run tmp)"
