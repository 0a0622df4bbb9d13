# needs: userns overlay
# Layers and uppers that are not there, or not directories, or in one another.
mkdir -p low/below up real/up
: >file
ln -s real link

expect_error layer-missing nacre run -o /mnt,lower=nothing true
expect_match "cannot overlay /mnt: there is no such layer"
expect_error layer-missing nacre run -l ./nothing true
expect_match "cannot stack the layer $T/nothing: there is no such layer"
expect_error layer-not-directory nacre run -o /mnt,lower=file true
expect_error layer-not-directory nacre run -l file true
expect_error upper-missing nacre run -o /mnt,lower=low,upper=nothing true
expect_error upper-missing nacre run -o /mnt,lower=low,upper=up,work=nothing true
[ ! -e nothing ] || fail "it made a directory that was mistyped"
expect_error overlay-layers-overlap nacre run -o /mnt,lower=low,lower=low/below,tmp true
expect_match "a layer contains the layer $T/low/below"
expect_error overlay-work-nested nacre run -o /mnt,lower=low,upper=real/up,work=link/up true
expect_error overlay-option-unknown nacre run -o /mnt,lower=low,tmp,no_such_option true
expect_match "Unknown parameter 'no_such_option'"
expect_error overlay-submounts nacre run -o /mnt,lower=/ true
expect_match '/ has other mounts below it'
