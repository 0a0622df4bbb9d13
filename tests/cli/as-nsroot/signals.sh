# needs: userns overlay
# Signals reach the command, and it does not outlive nsroot.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
small_root root
cat >root/work <<'Y'
trap 'echo term; exit 3' TERM
echo ready
while :; do sleep 0.1; done
Y
# With capabilities the command has nacre over it, without it is the same process.
for map in "" "0 $(id -u) 1"; do
	for signal in TERM KILL; do
		rm -f fifo
		mkfifo fifo
		# shellcheck disable=SC2086
		KILL_MARK="nsroot$map" nacre as nsroot "${volumes[@]}" ${map:+-M "$map"} root sh /work >fifo &
		pid=$!
		exec 3<fifo
		read -r _ <&3
		kill -s $signal $pid
		status=0
		wait $pid || status=$?
		exec 3<&-
		case $signal in
		TERM) [ $status -eq 3 ] || fail "status $status" ;;
		esac
		gone()
		{
			! grep -lsazE "^KILL_MAR[K]=nsroot$map\$" /proc/[0-9]*/environ
		}
		wait_until gone
	done
done
