# needs: userns user minibrowser tool:xvfb-run tool:xwininfo tool:dbus-run-session tool:xdg-dbus-proxy
# timeout: 120
# WebKitGTK's MiniBrowser runs the processes that show pages in bwrap, and xdg-dbus-proxy for them. It calls /usr/bin/bwrap, which
# here is nacre, in a box.
cat >page.html <<-'EOS'
	<html><title>first</title><body><script>document.title = "ran " + (6 * 7)</script></body></html>
EOS
cat >session <<-'EOS'
	/usr/lib/*/webkit2gtk-4.1/MiniBrowser "file://$T/page.html" >log 2>&1 &
	browser=$!
	for try in $(seq 80); do
		sleep 0.5
		xwininfo -root -tree | grep -q '"ran 42' && break
	done
	xwininfo -root -tree | grep -o '"ran 42' >title
	tr '\0' ' ' </dev/null
	for comm in /proc/[0-9]*/comm; do
		[ "$(cat "$comm" 2>/dev/null)" != bwrap ] || readlink "${comm%comm}exe"
	done >programs
	kill $browser
	wait $browser
EOS
export T XDG_RUNTIME_DIR=$T/run WEBKIT_FORCE_SANDBOX=1
xvfb-run -a dbus-run-session -- "$NACRE" run --rw -b "$NACRE:/usr/bin/bwrap" --share pid,ipc -- sh session >out 2>&1 || true
[ "$(cat title)" = '"ran 42' ] || fail "the page was not shown: $(cat out log)"
[ -s programs ] || fail "no bwrap was running"
