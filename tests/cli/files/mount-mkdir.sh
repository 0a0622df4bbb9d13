# needs: userns overlay
# mkdir=never wants the place to be there, mkdir=require wants it not to be.
small_root root
expect_status 0 box root -m tmpfs,none,/etc,mkdir=never -- true
expect_status 125 box root -m tmpfs,none,/new,mkdir=never -- true
expect_no_match '\[bug\]'
expect_status 0 box root -m tmpfs,none,/new,mkdir=require -- true
expect_status 125 box root -m tmpfs,none,/etc,mkdir=require -- true
expect_no_match '\[bug\]'
