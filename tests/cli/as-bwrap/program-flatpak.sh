# needs: userns tool:flatpak tool:dbus-run-session
# timeout: 120
# flatpak runs an application in bwrap, and xdg-dbus-proxy for it, in another: by descriptors, data, locks, a filter, --info-fd.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/bwrap.sh"
stand_in
export FLATPAK_BWRAP=$T/bin/bwrap
export XDG_DATA_HOME=$HOME/.local/share FLATPAK_SYSTEM_DIR=$T/system FLATPAK_SYSTEM_CACHE_DIR=$T/system-cache
mkdir "$T/system"
arch=$(flatpak --default-arch)
# A runtime of a few of the host's programs.
mkdir -p runtime/usr/bin runtime/usr/lib runtime/usr/etc runtime/files
printf '[Runtime]\nname=org.test.Platform\nruntime=org.test.Platform/%s/stable\nsdk=org.test.Platform/%s/stable\n' \
	"$arch" "$arch" >runtime/metadata
for program in sh cat id ls grep dbus-send; do
	file=$(command -v $program)
	cp -L "$file" runtime/usr/bin/
	ldd "$file" | grep -o '/[^ ]*' | while read -r library; do
		mkdir -p "runtime/usr$(dirname "${library#/usr}")"
		cp -L "$library" "runtime/usr${library#/usr}"
	done
done
flatpak build-export --disable-sandbox --runtime repo runtime stable >log 2>&1
mkdir -p app/files/bin app/export
cat >app/metadata <<-EOS
	[Application]
	name=org.test.Hello
	runtime=org.test.Platform/$arch/stable
	sdk=org.test.Platform/$arch/stable
	command=hello
EOS
cat >app/files/bin/hello <<-'EOS'
	#!/bin/sh
	echo "$0 $*"
	id -u
	grep ^name= /.flatpak-info
	[ ! -e /home/lost+found ] && [ ! -w /usr ] && ls /app/bin
	dbus-send --session --print-reply=literal --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner string:org.test.Other
EOS
chmod +x app/files/bin/hello
flatpak build-export --disable-sandbox repo app stable >>log 2>&1
cat >session <<-'EOS'
	set -e
	export DBUS_SYSTEM_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS
	flatpak --user remote-add --no-gpg-verify local "file://$T/repo"
	flatpak --user --noninteractive install local org.test.Hello >/dev/null
	flatpak --user run org.test.Hello one two
EOS
T=$T dbus-run-session -- sh session >out 2>>log || fail "$(cat log out)"
[ "$(cat out)" = "/app/bin/hello one two
$(id -u)
name=org.test.Hello
hello
   boolean false" ] || fail "$(cat out log)"
[ "$(wc -l <called)" -ge 2 ] || fail "the proxy was not in bwrap"
