# A namespace or network that there is not, or that the box cannot do without, is said.
try()
{
	echo "== $*"
	"$NACRE" run --root / --dry-run "$@" true 2>&1 || echo $?
}
try --net carrier-pigeon
try --share mount
try --share user
try --share mnt
try --unshare ''
try --share uts --hostname box
