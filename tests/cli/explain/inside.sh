# needs: userns overlay tool:perl
# What a command meets in a box is said in its own words, and explained under a name.
met()
{
	local name=$1 words=$2

	shift 2
	expect_status 1 nacre run --root root "$@"
	expect_match "$words"
	expect_status 0 nacre explain "$name"
	expect_match "$words"
}

mkdir -p root
for dir in /bin /lib /lib64 /usr; do
	[ ! -L "$dir" ] || cp -P "$dir" root
done
mkdir -p low/dir over
host=(-b /usr)
for dir in /bin /lib /lib64; do
	[ ! -d "$dir" ] || [ -L "$dir" ] || host+=(-b "$dir")
done

met inside-readonly 'Read-only file system' "${host[@]}" -b low:/mnt:ro touch /mnt/new
met inside-cross-device 'Invalid cross-device link' "${host[@]}" -o /mnt,lower="$T/low",tmp \
	perl -e 'rename("/mnt/dir", "/mnt/other") or print("$!\n") && exit 1'
