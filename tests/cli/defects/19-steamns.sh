# needs: userns
# Defect 19, steamns: -H left a directory in /tmp each time, failed when its own name held a slash, and showed the host's /proc.
# It leaves nothing, whatever it is called, and /proc is that of its own processes.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
mkdir -p "$T/home" "root$T/home" dir
export HOME=$T/home
ln -s "$NACRE" dir/steamns
before=$(find "$T" -maxdepth 2 | sort)
for program in dir/steamns ./dir/steamns "$T/dir/steamns"; do
	expect_output in "$program" -H -p root echo in
done
steam -H sh -c 'kill -KILL $$' || true
rm tmp/std*
[ "$(find "$T" -maxdepth 2 | sort)" = "$before" ] || fail "something is left: $(find "$T" -maxdepth 2)"
expect_output sh steam -H sh -c 'cat /proc/$$/comm'
expect_output '' steam -H sh -c 'ls -d /proc/[0-9][0-9][0-9]* 2>/dev/null || :'
