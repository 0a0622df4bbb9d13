# needs: userns overlay
# --symlink-from reads a link of the host once, whatever it holds and wherever it leads, and makes it again.
small_root root
hostile=$(printf '../x, :\\\xff\nnothing')
ln -s "$hostile" link
ln -s /etc absolute
expect_output "$hostile" box root --symlink-from link '/a,b\/link' -- readlink '/a,b\/link'
expect_output /etc box root --symlink-from absolute /l -- readlink /l
expect_output "${#hostile}" box root --tmpfs /t --symlink-from link /t/l -- stat -c %s /t/l
mkdir dir
expect_error link-source-other nacre run --symlink-from dir /l true
expect_error link-source-missing nacre run --symlink-from nothing /l true
expect_error target-exists nacre run --root root --symlink-from absolute /etc true
