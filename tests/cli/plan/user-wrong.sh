# What is wrong in ids and maps is said, and nothing is run.
try()
{
	echo "== $*"
	"$NACRE" run --root / --dry-run "$@" true 2>&1 || echo $?
}
try -u nobody
try -u 1:
try -u -1
try -u 4294967295
try --uid-map 0
try --uid-map 0:0:0
try --uid-map 0:1:2,1:7:1
try --uid-map 0:4294967295:2
try --uid-map 0:1000:1
try --cap-add nothing
