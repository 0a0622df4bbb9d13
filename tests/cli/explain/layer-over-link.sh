# needs: userns overlay
# A layer has a directory where the host's root has a link.
link=$(find / -maxdepth 1 -type l -printf '%f\n' | head -n 1)
[ -n "$link" ] || exit 0
mkdir -p "layer/$link"
expect_error layer-over-link nacre run -l layer true
