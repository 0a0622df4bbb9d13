# needs: tool:jq tool:python3
# PULSE_SERVER, PIPEWIRE_REMOTE and what goes with them, in each of their forms.
mkdir -p root run/pulse other/pulse home/.config/pulse
python3 - run/pulse/native run/pipewire-0 run/mine other/native other/pipewire-0 <<-'END'
	import socket, sys
	for path in sys.argv[1:]:
	    socket.socket(socket.AF_UNIX).bind(path)
END
touch home/.config/pulse/cookie other/cookie home/.pulse-cookie

# forms WANT [VAR=VALUE…] -- [OPTION…]: places and variables.
forms()
{
	local want=$1 got values=()

	shift
	while [ "$1" != -- ]; do
		values+=("$1")
		shift
	done
	shift
	got=$(env "${values[@]}" nacre run --rm "$@" --media --audio --dry-run --json -- true | jq -r '
		(.steps[] | select(.why == "PulseAudio" or .why == "PipeWire" or .why == "key to PulseAudio")
			| "\(.src) \(.dst)"),
		(.environment.changes[] | select(.name | startswith("P")) | "\(.name)=\(.value)"),
		(.left_out[] | select(startswith("P")))')
	[ "$got" = "$want" ] || fail "${values[*]} $*: $got, not $want"
}

inside=/run/user/$(id -u)
usual="$T/run/pulse/native $inside/pulse/native
$T/home/.config/pulse/cookie $inside/pulse/cookie
$T/run/pipewire-0 $inside/pipewire-0
PULSE_SERVER=unix:$inside/pulse/native
PULSE_COOKIE=$inside/pulse/cookie
PIPEWIRE_REMOTE=$inside/pipewire-0"
other=${usual/$T\/run\/pulse\/native/$T/other/native}
forms "$usual" -- --root root
forms "$usual" "PULSE_SERVER=unix:$T/run/pulse/native" -- --root root
forms "$other" "PULSE_SERVER=$T/other/native" -- --root root
forms "$other" "PULSE_SERVER={0123456789abcdef}unix:$T/other/native tcp:host" -- --root root
forms "$other" "PULSE_SERVER=unix:$T/none  $T/other/native" -- --root root
forms "$other" "PULSE_SERVER=tcp:host unix:$T/other/native" -- --root root --net none
forms "$other" "PULSE_RUNTIME_PATH=$T/other" -- --root root
forms "${usual/$T\/home\/.config\/pulse\/cookie/$T/other/cookie}" "PULSE_COOKIE=$T/other/cookie" -- --root root
forms "${usual/$T\/home\/.config\/pulse/$T/other}" "XDG_CONFIG_HOME=$T/x" "PULSE_COOKIE=$T/other/cookie" -- --root root
forms "${usual/$T\/home\/.config\/pulse\/cookie/$T/home/.pulse-cookie}" "XDG_CONFIG_HOME=$T/none" -- --root root
forms "${usual/$T\/run\/pipewire-0/$T/run/mine}" PIPEWIRE_REMOTE=mine -- --root root
forms "${usual/$T\/run\/pipewire-0/$T/other/pipewire-0}" "PIPEWIRE_REMOTE=$T/other/pipewire-0" -- --root root
forms "${usual/$T\/run\/pipewire-0/$T/other/pipewire-0}" "PIPEWIRE_RUNTIME_DIR=$T/other" -- --root root
here=${usual//$inside/$T\/run}
forms "${here//run\/pulse\/cookie/home\/.config\/pulse\/cookie}" --
pipewire="$T/run/pipewire-0 $inside/pipewire-0"
forms "$pipewire
PIPEWIRE_REMOTE=$inside/pipewire-0
PulseAudio: PULSE_SERVER is $T/none, and $T/none: No such file or directory" "PULSE_SERVER=$T/none" -- --root root
forms "$pipewire
PIPEWIRE_REMOTE=$inside/pipewire-0
PulseAudio: PULSE_SERVER is tcp:host, and the box has no network" PULSE_SERVER=tcp:host -- --root root --net none
forms "$T/home/.config/pulse/cookie $inside/pulse/cookie
$pipewire
PULSE_SERVER=tcp:host
PULSE_COOKIE=$inside/pulse/cookie
PIPEWIRE_REMOTE=$inside/pipewire-0" PULSE_SERVER=tcp:host -- --root root
