# What is wrong in an overlay is said, and nothing is run.
for value in '' ,lower=/a /o,lower /o,lower= /o,uper=/u /o,tmp,upper=/u /o,work=/w /o,lower=/a,work=/w \
	/o,tmp=1 /o,lowerdir=/a::/b /o,upper=/u,work=/u /o,upper=/u,work=/u/w; do
	echo "== $value"
	"$NACRE" run --root / --dry-run -o "$value" true 2>&1 || echo $?
done
