# needs: userns overlay
# Defect 12: of upper and work the hint told the wrong one to be in the other, and a missing mount point of a read-only overlay was no fact.
mkdir -p lower other u/w w/u root
ln -s u/w work-link
ln -s w/u upper-link
expect_error plan-overlay-work-in-upper nacre run -o /mnt,lower=lower,upper=u,work=u/w true
expect_match "its work directory $T/u/w is inside its upper directory $T/u\$"
expect_error plan-overlay-upper-in-work nacre run -o /mnt,lower=lower,upper=w/u,work=w true
expect_match "its upper directory $T/w/u is inside its work directory $T/w\$"
expect_error plan-overlay-work-is-upper nacre run -o /mnt,lower=lower,upper=u,work=u true
# What only shows behind links is looked at after the kernel's refusal.
expect_error overlay-work-nested nacre run -o /mnt,lower=lower,upper=u,work=work-link true
expect_match 'its work directory is inside its upper directory$'
expect_error overlay-work-nested nacre run -o /mnt,lower=lower,upper=upper-link,work=w true
expect_match 'its upper directory is inside its work directory$'
expect_error mount-point-missing nacre run --root root -o /none,lower=lower,lower=other,mkdir=never true
expect_match 'there is nothing at that place of the box to mount on$'
