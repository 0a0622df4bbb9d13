# needs: userns
# Overlays that contradict themselves, found in the text alone.
expect_error plan-overlay-upper-twice nacre run -o /mnt,lower=/l,upper=/u,tmp true
expect_error plan-overlay-work-alone nacre run -o /mnt,lower=/l,work=/w true
expect_error plan-overlay-copyfrom-readonly nacre run -o /mnt,lower=/l,copyfrom=/c true
expect_error plan-overlay-copyfrom-nested nacre run -o /mnt,lower=/l,upper=/c/u,copyfrom=/c true
expect_error plan-overlay-upper-in-work nacre run -o /mnt,lower=/l,upper=/w/u,work=/w true
expect_error plan-overlay-work-in-upper nacre run -o /mnt,lower=/l,upper=/u,work=/u/w true
expect_error plan-overlay-work-is-upper nacre run -o /mnt,lower=/l,upper=/u,work=/u true
expect_error plan-overlay-lower-twice nacre run -o /mnt,lower=/l,lower=/l true
expect_error plan-overlay-lower-in-upper nacre run -o /mnt,lower=/u/l,upper=/u true
expect_error plan-overlay-lower-in-work nacre run -o /mnt,lower=/w/l,upper=/u,work=/w true
# shellcheck disable=SC2046 # words
expect_error plan-overlay-too-many-layers nacre run $(printf -- '-l /%d ' $(seq 501)) true
expect_error plan-overlay-layer-option nacre run -o /mnt,lower=/l,datadir+=/d true
expect_error plan-overlay-option-userns nacre run -o /mnt,lower=/l,tmp,metacopy=on true
expect_error plan-upper-shared nacre run -o /a,lower=/l,upper=/u -o /b,lower=/l,upper=/u true
