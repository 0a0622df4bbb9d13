# The file systems with an option of their own.
plan --proc /p
plan --dev /d
plan --devpts /pts
plan --devpts /pts,mode=600,gid=5
plan --mqueue /mq
plan --sys /s
plan --net none --sys /s
