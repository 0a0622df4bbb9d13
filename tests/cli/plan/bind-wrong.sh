# What is wrong in a bind is said, and nothing is run.
for value in '' : :/b /a: /a:/b:wrong /a:/b:ro:rw /a:/b:ro=1 /a:/b:optional,ensure; do
	echo "== $value"
	"$NACRE" run --root / --dry-run -b "$value" true 2>&1 || echo $?
done
