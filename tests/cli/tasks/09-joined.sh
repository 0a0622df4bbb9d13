# needs: userns overlay
# Task 9, as far as it goes: a box by its name, seen again by each run; while one is at work another one has to wait.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/transcript.sh"
# Sizes are a matter of the file system, ages of the machine.
also -e 's/process [0-9]+/process N/' -e 's/^NAME .*/NAME  STATE    CHANGES   SIZE  HELD  AGE  COMMAND/' \
	-e 's/^(work +running +2) .*  (sh .*)/\1  16 KB     -  now  \2/'
project work
mkfifo gate

typed 'nacre run -n work -- sh -c "echo 1 >setting"'
typed 'nacre run -n work cat setting'
nacre run -q -n work -b gate -- sh -c "touch there; read -r line <gate" &
wait_until sh -c 'nacre ls | grep -q "^work  *running  *2 "'
typed '# While it runs in another terminal:'
typed 'nacre run -n work cat setting'
typed 'nacre commit work'
typed 'nacre ls'
typed 'nacre rm work'
echo >gate
wait
typed '# When that has ended:'
typed 'nacre commit work'
typed 'nacre rm work'
