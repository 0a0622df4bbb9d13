# --mount: any type, the words of mount(8), and what is not among them goes to the file system.
plan -m tmpfs,none,/m
plan -m tmpfs,me,/m,size=1m,mode=700,ro
plan -m proc,proc,/m,hidepid=2
plan -m ext4,/dev/sda1,/m,noatime,sync,data=journal
plan -m tmpfs,none,/m,mkdir=never
plan -m tmpfs,none,/m,mkdir=require
plan -m bind,/a,/m
plan -m rbind,/a,/m,ro
plan -m none,/a,/m,bind,nosuid
plan -m ,,/m,remount,ro
plan -m none,none,/m,remount,rec,ro,noexec
plan -m none,none,/m,remount,rw,exec
plan -m move,/a,/m
plan -m none,none,/m,slave
plan -m none,none,/m,rshared
plan -m none,none,/m,unbindable
