# Options that exclude each other: each conflict is told, then the usage is printed; status 5.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"

# conflict N OPTION…: so many messages.
conflict()
{
	local want=$1

	shift
	expect_error 5 steamns-options steamns "$@"
	grep -q '^steamns: these options do not go together' tmp/stderr || fail "$*: no message"
	[ "$(grep -cE '^  facts   -|^          -' tmp/stderr)" -eq "$want" ] || fail_with_output "$*: not $want conflicts"
	grep -q '^Usage: steamns' tmp/stdout || fail "$*: no usage"
}
conflict 1 -c a -j b
for option in -M -G -k; do
	conflict 1 -j a $option
done
conflict 2 -j a -H
for way in -c -j; do
	conflict 1 $way a -r
	conflict 2 $way a -r -D -H
done
conflict 1 -c a -H
conflict 1 -D
conflict 4 -c a -j b -rHM true
conflict 1 -j a -D -r
[ ! -e a ] && [ ! -L a ] || fail 'something was made'
