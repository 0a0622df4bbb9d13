# What is wrong in a --mount is said, and nothing is run.
for value in '' tmpfs tmpfs,none 'tmpfs,none,' none,none,/m,remount,bind,size=1m bind,,/m \
	move,/a,/m,ro none,none,/m,bind,what tmpfs,none,/m,mkdir=perhaps tmpfs,none,/m,ro=yes; do
	echo "== $value"
	"$NACRE" run --root / --dry-run -m "$value" true 2>&1 || echo $?
done
