# needs: user newuidmap userns overlay
# A work directory of another user: the kernel mounts read-only and says nothing; nacre does.
mkdir low up work
unshare --user --map-auto --map-root-user chown 5 work
expect_error overlay-readonly nacre run -o /mnt,lower=low,upper=up,work=work true
unshare --user --map-auto --map-root-user rm -r work
