# needs: userns tool:Xvfb tool:xauth tool:xdpyinfo
# A client in there reaches the X server outside with the key to it, also when every display is bound.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/x11.sh"
steam_root root
HOME=$T/home
x11_server 48x48
copy_program root "$(type -P xdpyinfo)"
HOME=/home/player
expect_status 1 env XAUTHORITY=/dev/null xdpyinfo
expect_status 0 steam xdpyinfo
expect_status 0 env DISPLAY="$DISPLAY.0" steamns -p root xdpyinfo
expect_status 0 env KONS_BIND_X11=all steamns -p root xdpyinfo
expect_status 0 steam -r xdpyinfo
expect_status 0 steam -D -j ns xdpyinfo
mkdir -p "$T/home" "root$T/home"
expect_status 0 env HOME="$T/home" steamns -Hp root xdpyinfo
expect_status 1 steam -G xdpyinfo
[ -z "$(find root -name '*Xauthority*')" ] || fail 'the key is in the root'
