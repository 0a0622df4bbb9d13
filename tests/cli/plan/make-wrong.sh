# What is wrong in a directory, a link or a file is said, and nothing is run.
try()
{
	echo "== $*"
	"$NACRE" run --root / --dry-run "$@" 2>&1 || echo $?
}
try --dir ''
try --dir /a,mode=888
try --dir /a,size=3
try --dir / true
try --symlink '' /l true
try --symlink target
try --symlink target '' true
try --file /f true
try --file =text true
try --file-from '' /f true
try --tmpfs /t,size=lots true
try --tmpfs /t,size=-1 true
try --tmpfs /t,uid=nobody true
try --hide '' true
try --devpts /p,size=1 true
