# The defaults /proc, /dev and the host's /sys come with a root directory, unless they are asked for
# otherwise or --no-defaults is given.
mkdir root
steps()
{
	echo "== $*"
	"$NACRE" run --root root --dry-run "$@" -- true | sed '1,/^steps$/d; /^$/,$d'
}
steps
steps --no-defaults
steps --tmpfs /dev
steps -b /proc
steps --dir /proc/x
