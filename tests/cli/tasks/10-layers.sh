# needs: userns overlay range archive tool:ldd tool:jq tool:tar
# Task 10: what an installation did becomes a layer, then an archive; and a script's changes as data, in CI.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/transcript.sh"
# What a layer takes is a matter of the file system, and what it is old of the machine.
also -e 's/^toolchain .* box/toolchain               16 KB         3          now  box/'
project ci
copied_root base sh cat mkdir
program base/bin/apt-get <<'END'
mkdir -p /usr/bin && echo 'echo "gcc 12"' >/usr/bin/gcc && echo "Setting up gcc (12) ..."
END
program upgrade.sh <<'END'
echo "setting = new" >config
rm old
END
echo 'setting = old' >config
touch old

typed 'nacre run -n deps --root base --as-root apt-get install -y gcc && nacre save deps toolchain'
typed 'nacre layers'
typed 'nacre run --root base -l toolchain sh /usr/bin/gcc'
typed 'nacre run --root base sh /usr/bin/gcc'
typed 'nacre export deps -o app.tar'
typed 'tar -tf app.tar'
typed 'nacre import app.tar again'
typed 'nacre run --root base -l again sh /usr/bin/gcc'
typed 'nacre try --json --discard ./upgrade.sh >changes.json'
typed "jq -c '.changes[] | [.kind, .path, .old.size, .now.size]' changes.json"
typed 'nacre layers --rm toolchain again'
