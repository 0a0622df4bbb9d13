# needs: userns overlay tool:ldd
# Task 5, as far as it goes: a program in a root directory of its own keeps what it wrote, from one start to the next.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/transcript.sh"
project games
copied_root debian sh cat mkdir
program debian/bin/steam <<'END'
mkdir -p "$HOME" && cd && cat library 2>/dev/null
echo "a game" >>library
END

typed 'nacre run -n steam --root debian -e HOME=/home/me steam'
typed 'nacre run -n steam --root debian -e HOME=/home/me steam'
typed 'nacre run -n steam steam'
typed 'nacre status steam'
typed 'ls -A debian ~'
