# needs: userns overlay range tool:ldd
# Task 6: a package built in a clean root, as its root, with what the build needs installed there; the root stays clean.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/transcript.sh"
project pkg
copied_root ../bookworm sh cat chown id install ls mkdir stat touch
program ../bookworm/bin/apt-get <<'END'
[ "$(id -u)" = 0 ] || exit 100
mkdir -p /usr/lib/cc && echo compiler >/usr/lib/cc/cc1 && chown 7:7 /usr/lib/cc/cc1
echo "Setting up cc (1.0) ..."
END
program ../bookworm/bin/dpkg-buildpackage <<'END'
[ -e /usr/lib/cc/cc1 ] || { echo "there is no compiler"; exit 1; }
install -d debian/tmp && touch debian/tmp/program && chown 0:0 debian/tmp/program
echo package >pkg_1.0_all.deb
echo "built pkg_1.0_all.deb as user $(id -u)"
END
echo 'int main;' >main.c

typed 'nacre run --root ../bookworm --as-root -b . -o . -- dpkg-buildpackage'
typed "nacre run -n pkg --root ../bookworm --as-root -b . -o . -- sh -c 'apt-get build-dep -y . && dpkg-buildpackage -b'"
typed 'nacre status pkg'
typed "nacre commit pkg '*.deb'"
typed 'ls . ../bookworm'
typed 'nacre run -n pkg --root ../bookworm --as-root -b . -o . -- stat -c "%n %U %u" debian/tmp/program /usr/lib/cc/cc1'
typed 'nacre rm pkg'
