# The options of the file system are applied in the order given.
plan --tmpfs /t --dir /t/a -b /usr:/t/a:ro --symlink a /t/b --hide /t/a -m none,none,/t,remount,ro
