# needs: tool:jq tool:python3
# DISPLAY in each of its forms becomes the bind of one socket, or none, and a DISPLAY inside: on a root
# directory a place of its own, with the host as base the same one.
[ -d /tmp/.X11-unix ] || mkdir -m 1777 /tmp/.X11-unix
number=$((10000 + $$ % 50000))
trap 'rm -f "/tmp/.X11-unix/X$number"' EXIT
python3 - "/tmp/.X11-unix/X$number" display display.7 tcp:0 <<-'END'
	import socket, sys
	for path in sys.argv[1:]:
	    socket.socket(socket.AF_UNIX).bind(path)
END
touch file
ln -s display link
mkdir -p root

# forms WANT DISPLAY [OPTION…]: the bind's source and place, DISPLAY; or what is said of it.
forms()
{
	local want=$1 display=$2 got

	shift 2
	got=$(DISPLAY=$display nacre run --rm "$@" --media --gui --dry-run --json -- true | jq -r '
		(.steps[] | select(.why == "X11") | "\(.src) \(.dst)"),
		(.environment.changes[] | select(.name == "DISPLAY") | .value),
		(.left_out[] | select(startswith("X11:")))')
	[ "$got" = "$want" ] || fail "$display $*: $got, not $want"
}

local=/tmp/.X11-unix/X$number
for display in ":$number" ":$number.0" ":$number.3" ":0$number" "unix:$number" "unix/:$number" \
	"unix/any:$number" "local/:$number.1"; do
	screen=
	[[ $display != *.* ]] || screen=.${display##*.}
	forms "$local $local"$'\n'":$number$screen" "$display" --root root
	forms "$local $local"$'\n'"$display" "$display"
done
first=/tmp/.X11-unix/X0
forms "$T/display $first"$'\n:0' "$T/display" --root root
forms "$T/display $T/display"$'\n'"$T/display" "$T/display"
forms "$T/display $first"$'\n:0' "unix:$T/display" --root root
forms "$T/display $first"$'\n:0.1' "$T/display.1" --root root
forms "$T/display.7 $first"$'\n:0' "$T/display.7" --root root
forms "$T/tcp:0 $first"$'\n:0' "$T/tcp:0" --root root
forms "$T/display $first"$'\n:0' "$T/link" --root root
for display in host:0 host:10.0 tcp/host:0 inet6/::1:0 '[::1]:0' ::1:0 localhost:10.0; do
	forms "$display" "$display"
	forms "$display" "$display" --root root
	forms "X11: DISPLAY is $display, and the box has no way to that network" "$display" --net none
done
for display in 0 : :x :0.x :0.0.0 :123456 decnet/host:0 host/:0 unix/a/b:0 $'"\n:' :-1 ': 0' ' :0x'; do
	got=$(DISPLAY=$display nacre run --media --gui --dry-run --json -- true |
		jq -r '.left_out[] | select(startswith("X11:"))')
	[[ $got == "X11: DISPLAY is "*", which is no display" ]] || fail "$display: $got"
done
forms "X11: DISPLAY is $T/file, and $T/file is not a socket" "$T/file"
forms "X11: DISPLAY is $T/none, and $T/none: No such file or directory" "$T/none"
forms "X11: DISPLAY is $T/../x, and $T/../x is not a clean, absolute path" "$T/../x"
forms 'X11: DISPLAY is not set' ''
long=/$(printf '%05000d' 0)
got=$(DISPLAY=$long nacre run --media --gui --dry-run --json -- true |
	jq -r '.left_out[] | select(startswith("X11:"))')
[[ $got == *name\ too\ long ]] || fail "$got"
# Chosen for the command, it is chosen.
forms "$T/display $first"$'\n'"$T/display"$'\n:0' :5 --root root -e DISPLAY="$T/display"
