# needs: userns overlay
# An option that takes trust, in a user namespace that nacre has not made itself.
mkdir low
expect_error overlay-trusted-option unshare --user --map-root-user --mount \
	nacre run --no-userns -o /mnt,lower=low,tmp,redirect_dir=on true
