# needs: userns overlay tool:make tool:jq
# Task 8: tests write in a fixture, several at once and without a network; each has its own, and what one did can be asked for.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/transcript.sh"
project lib
mkdir -p tests/fixture
echo 0 >tests/fixture/counter
echo x >tests/fixture/garbage
cat >Makefile <<'END'
check:
	@echo $$(($$(cat tests/fixture/counter) + 1)) >tests/fixture/counter
	@rm tests/fixture/garbage
	@echo "counter: $$(cat tests/fixture/counter)"
	@if grep -q : /proc/net/route; then echo network; else echo "no network"; fi
END

typed 'nacre run --overlay tests/fixture --net none make check'
typed '(for i in 1 2 3; do nacre run --rm --overlay tests/fixture --net none make check & done; wait) | sort'
typed 'cat tests/fixture/counter'
typed "nacre status --json | jq -r '.changes[] | .kind + \" \" + .path'"
typed 'nacre status --exit-code >changed; echo $?'
typed 'nacre rm --all'
