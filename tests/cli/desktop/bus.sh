# needs: userns overlay tool:dbus-daemon tool:dbus-send
# A bus answers a client in a box, who says who he is by his id; one with another id inside is told apart.
cat >bus.conf <<-END
	<busconfig><type>session</type><listen>unix:path=$T/a%20bus</listen><auth>EXTERNAL</auth>
	<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
	</busconfig>
END
dbus-daemon --config-file=bus.conf --nofork --print-address=1 >address 2>daemon &
daemon=$!
trap 'kill $daemon; wait $daemon || :' EXIT
wait_until grep -q guid address
DBUS_SESSION_BUS_ADDRESS=$(cat address)
export DBUS_SESSION_BUS_ADDRESS
[[ $DBUS_SESSION_BUS_ADDRESS == unix:path=*a%20bus,guid=* ]] || fail "$DBUS_SESSION_BUS_ADDRESS"
small_root root
call=(dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.GetId)

expect_status 0 nacre run -q --dbus -- "${call[@]}"
expect_match '^   string "'
expect_status 0 nacre run -q --net none --rw --dbus=session -- "${call[@]}"
expect_status 0 box root -q --net none --dbus -- "${call[@]}"
expect_match '^   string "'
expect_status 1 box root -q -- "${call[@]}"
expect_status 1 box root -q -u 4711 --dbus -- "${call[@]}"

# The system's, by its variable, at the place where the system's is.
export DBUS_SYSTEM_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS
call=(dbus-send --system --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.GetId)
unset DBUS_SESSION_BUS_ADDRESS
expect_status 0 nacre run -q --dbus=system -- "${call[@]}"
expect_status 0 box root -q --dbus=system -- "${call[@]}"
expect_output /run/dbus/system_bus_socket box root -q --dbus=system -- sh -c 'echo /run/dbus/*'
