# A program that nacre does not stand in for, or none, is a mistake of ours; a link of another name is nacre.
expect_error usage-no-program "$NACRE" as
expect_error usage-unknown-program "$NACRE" as chroot /
ln -s "$NACRE" chroot
./chroot --version | grep -q '^nacre ' || fail "a link of another name is not nacre"
