# needs: userns overlay
# proc cannot be a layer.
expect_error overlay-lower-fs nacre run -o /mnt,lower=/proc/tty,tmp true
