# A tmpfs with each of its words.
plan --tmpfs /t
plan --tmpfs /t,size=4k
plan --tmpfs /t,size=1g,mode=1777
plan --tmpfs /t,inodes=100,uid=0,gid=5
plan --tmpfs /t,nr_blocks=3
plan --tmpfs /t,ro,noexec,dev,suid
plan --tmpfs '/a\,b'
