# needs: userns overlay
# A root directory whose name has every byte that names can have; the box goes on in it by its name.
root=$'ro,o:t\\ "x\n\xff'
small_root "$root"
expect_output base box "$root" -n mine -- sh -c 'cat /etc/file; echo new >/etc/file'
expect_output new box "$root" -n mine -- cat /etc/file
[ "$(cat "$root/etc/file")" = base ] || fail "the root was changed"
