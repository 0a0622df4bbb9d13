# needs: userns overlay
# Defect 12: upper in work and work in upper were told the wrong way round, and of a read-only overlay not that its place is missing.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
mkdir -p m low both/inner
expect_error 33 plan-overlay-upper-in-work overlayns -o m,lowerdir=low,upperdir=both/inner,workdir=both true
expect_match "its upper directory $T/both/inner is inside its work directory $T/both\$"
expect_error 33 plan-overlay-work-in-upper overlayns -o m,lowerdir=low,upperdir=both,workdir=both/inner true
expect_match "its work directory $T/both/inner is inside its upper directory $T/both\$"
expect_error 33 plan-overlay-work-is-upper overlayns -o m,lowerdir=low,upperdir=both,workdir=both true
# Names that begin alike are not inside one another.
mkdir both2
expect_status 0 overlayns -o m,lowerdir=low,upperdir=both2,workdir=both/inner true
expect_error 41 mount-point-missing overlayns -o none,lowerdir=low true
expect_match "cannot overlay $T/none"
