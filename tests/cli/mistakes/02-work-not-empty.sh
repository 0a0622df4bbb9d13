# needs: userns overlay
# What an earlier overlay left in the work directory: it is cleared, so nothing is read-only.
mkdir -p low up work/work/left/deep
nacre run --rm -o /mnt,lower=low,upper=up,work=work touch /mnt/file
ls up
