# needs: tool:jq tool:python3
# The address of a bus in each of its forms: what is bound, and the address inside.
mkdir -p root with,comma
python3 - bus 'with,comma/a b' run/bus <<-'END'
	import socket, sys
	for path in sys.argv[1:]:
	    socket.socket(socket.AF_UNIX).bind(path)
END

# forms WANT ADDRESS [OPTION…]: the bind's source and place, the address inside; or what is said of it.
forms()
{
	local want=$1 address=$2 got

	shift 2
	got=$(DBUS_SESSION_BUS_ADDRESS=$address nacre run --rm "$@" --media --dbus --dry-run --json -- true |
		jq -r '(.steps[] | select(.why == "session bus") | "\(.src) \(.dst)"),
			(.environment.changes[] | select(.name == "DBUS_SESSION_BUS_ADDRESS") | .value),
			(.left_out[] | select(startswith("session bus:")))')
	[ "$got" = "$want" ] || fail "$address $*: $got, not $want"
}

uid=$(id -u)
inside=/run/user/$uid/bus
own=$'\n'unix:path=$inside
forms "$T/bus $T/bus"$'\n'"unix:path=$T/bus" "unix:path=$T/bus"
forms "$T/bus $T/bus"$'\n'"unix:path=$T/bus" "unix:path=$T/bus,guid=0123456789abcdef"
for address in "unix:path=$T/bus" "unix:path=$T/bus,guid=0123456789abcdef" "unix:guid=01,path=$T/bus" \
	"unix:path=$T/%62us" "unix:path=$T/none;unix:path=$T/bus" ";;unix:path=$T/bus;" \
	"tcpx:host=h;unix:path=$T/bus" "launchd:env=X;unix:path=$T/bus,guid=ff;tcp:host=h"; do
	forms "$T/bus $inside$own" "$address" --root root
done
forms "$T/with,comma/a b $inside$own" "unix:path=$T/with%2ccomma/a%20b" --root root
forms "$T/with,comma/a b $T/with,comma/a b"$'\n'"unix:path=$T/with%2ccomma/a%20b" \
	"unix:path=$T/with%2Ccomma/a%20b"
forms "$T/run/bus $inside$own" 'unix:runtime=yes' --root root
forms "$T/run/bus $inside$own" '' --root root
forms "$T/run/bus $T/run/bus"$'\n'"unix:path=$T/run/bus" ''
forms 'unix:abstract=/tmp/x,guid=01' 'unix:abstract=/tmp/x,guid=01' --root root
forms 'tcp:host=localhost,port=1' 'tcp:host=localhost,port=1'

refused()
{
	local why=$1 address=$2

	shift 2
	forms "session bus: DBUS_SESSION_BUS_ADDRESS is $address, and $why" "$address" "$@"
}

refused 'its socket belongs to the network outside' unix:abstract=/tmp/x --net none
refused 'the box has no way to that network' tcp:host=localhost,port=1 --net none
for address in unix:dir=/tmp unix:tmpdir=/tmp autolaunch: unixexec:path=/bin/sh unix:runtime=no; do
	refused 'that is no address of a socket' "$address"
done
for address in unix "unix:path=$T/%6" "unix:path=$T/%00" "unix:path=$T/%zz" unix:path; do
	refused 'that is no address' "$address"
done
refused 'bus is not a clean, absolute path' unix:path=bus
refused "$T/run/../bus is not a clean, absolute path" "unix:path=$T/run/../bus"
refused "$T/with,comma is not a socket" "unix:path=$T/with%2ccomma"
unset XDG_RUNTIME_DIR
forms 'session bus: XDG_RUNTIME_DIR is not set' ''
