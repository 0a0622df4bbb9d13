# needs: userns overlay
# Without a pid namespace of its own, the end of nacre or of init ends the command all the same.
for victim in nacre init; do
	mkfifo fifo
	nacre run --rm --share pid -- bash -c 'setsid sleep 64 & echo ready; exec sleep 64' >fifo &
	read -r _ <fifo
	init=$(tr -d " " <"/proc/$!/task/$!/children")
	case $victim in
	nacre) kill -KILL $! ;;
	init) kill -KILL "$init" ;;
	esac
	status=0 && wait $! || status=$?
	[ "$status" -eq 137 ] || fail "$victim: status $status"
	rm fifo
done
