# needs: userns overlay tool:dpkg-deb tool:Xvfb tool:xauth tool:xwd tool:xlogo
# timeout: 180
# A game's box over a Debian root: the first enter makes it, the second one joins; windows, sound and network are those outside for
# both, by options and by the profile, and what they write is the box's. Without a mirror the root's programs are the machine's.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/apt.sh"
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/needs.sh"
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/live.sh"
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/x11.sh"
if [ -z "$(missing mirror)" ]; then
	debian_root x11-apps perl-base grep findutils
	at=(--root debian)
else
	small_root debian
	at=(--root debian "${host_programs[@]}")
fi
mkdir -p "$XDG_CONFIG_HOME/nacre" run/pulse home/.config/pulse
ln -s "$SOURCE/profiles" "$XDG_CONFIG_HOME/nacre/profiles"
printf cookie >home/.config/pulse/cookie
listen run/pulse/native run/pipewire-0 run/bus
listener=$!
x11_server 48x48
# shellcheck disable=SC2064 # these
trap "kill $listener $x11_pid; wait $x11_pid || :" EXIT
export DBUS_SESSION_BUS_ADDRESS=unix:path=$T/run/bus
export PULSE_SERVER=unix:$T/run/pulse/native

cat >debian/ask.pl <<'X'
use Socket;
for (@ARGV) {
	socket(my $s, PF_UNIX, SOCK_STREAM, 0);
	print connect($s, sockaddr_un($_)) ? <$s> : "$_: $!\n";
}
X
# shellcheck disable=SC2016 # for the shell inside
look='
perl /ask.pl "${PULSE_SERVER#unix:}" "$PIPEWIRE_REMOTE"
echo "$(cat "$PULSE_COOKIE") $DISPLAY $XDG_RUNTIME_DIR $(stat -c %u:%a "$XDG_RUNTIME_DIR")"
for card in /dev/dri/[cr]*; do [ ! -e "$card" ] || echo "$card"; done
readlink /proc/self/ns/net'
uid=$(id -u)
seen=$(printf '%s\n' run/pulse/native run/pipewire-0 "cookie $DISPLAY /run/user/$uid $uid:700")
seen+=$(for card in /dev/dri/[cr]*; do [ ! -e "$card" ] || printf '\n%s' "$card"; done)$'\n'$(readlink /proc/self/ns/net)

# shows COLOUR…: each is on the screen, as it is written in x11_pixels.
shows()
{
	local colour

	x11_pixels | sort -u >pixels
	for colour; do
		grep -q "^ $colour " pixels || return
	done
}
shows_not()
{
	! shows "$1"
}

(cd debian && find . -printf '%p %y %m %s %T@ %l\n' | sort) >before
for way in options profile; do
	case $way in
	options) give=("${at[@]}" --gui --audio --gpu --net host) ;;
	profile) give=(-p steam "${at[@]}") ;;
	esac
	steam=(nacre enter "steam-$way" "${give[@]}" --)
	"${steam[@]}" sh -c "$look
		readlink /proc/self/ns/pid >/tmp/space
		mkdir /games
		echo level 2 >/games/saved
		xlogo -geometry 16x16+2+2 -fg '#4010a0' &
		until [ -e /tmp/end ]; do sleep 0.05; done
		kill \$!" >first &
	first=$!
	wait_until shows 'a0 10 40'
	[ "$(cat first)" = "$seen" ] || fail "$way: the first one sees: $(cat first), not $seen"

	# Who comes later is in the same box, and is given the same.
	expect_output "$seen" "${steam[@]}" sh -c "$look"
	expect_status 0 "${steam[@]}" sh -c '[ "$(readlink /proc/self/ns/pid)" = "$(cat /tmp/space)" ]'
	# Also by the name alone, from a session without a display or with another one.
	expect_output "$seen" env -u DISPLAY -u XDG_RUNTIME_DIR nacre enter "steam-$way" -- sh -c "$look"
	expect_output "$seen" env DISPLAY=:77 WAYLAND_DISPLAY=other nacre exec "steam-$way" sh -c "$look"
	"${steam[@]}" xlogo -geometry 16x16+26+26 -fg '#104080' &
	second=$!
	wait_until shows 'a0 10 40' '80 40 10'
	kill -TERM $second
	wait $second || true
	wait_until shows_not '80 40 10'
	shows 'a0 10 40' || fail "$way: the first one's window went with the second one's"
	expect_status 0 "${steam[@]}" touch /tmp/end
	wait $first || fail "$way: the first one's status is $?"

	# What they wrote is the box's, for its next life, and the root is as it was.
	expect_output 'level 2' "${steam[@]}" cat /games/saved
	expect_status 0 nacre status --name-only "steam-$way"
	expect_match '^/games$'
	expect_no_match 'X11|run/user|pulse|wayland'
	(cd debian && find . -printf '%p %y %m %s %T@ %l\n' | sort) | diff -u before -
done

# What is not there outside is left out, and said.
if [ ! -e /dev/dri ]; then
	expect_status 0 nacre enter --verbose --recreate steam-options "${at[@]}" --gui --gpu -- true
	expect_match 'left out: graphics card: '
fi
# The profile gives the id a name; the bus is the session's.
expect_output "$uid" nacre enter steam-profile -p steam "${at[@]}" -- sh -c "grep -c '^[^:]*:[^:]*:$uid:' /etc/passwd >/dev/null && id -u"
expect_output "unix:path=/run/user/$uid/bus" nacre enter steam-profile -p steam "${at[@]}" -- sh -c 'echo "$DBUS_SESSION_BUS_ADDRESS"'
