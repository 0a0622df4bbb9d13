# needs: userns
# -H: the host's root, read-only with all that is mounted in it, the home of the root directory over the home, /tmp and /run of its own,
# and a /proc of its own processes.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
export HOME=$T/home
mkdir -p "root$HOME"
echo theirs >"root$HOME/file"
echo outside >home/outside
expect_output theirs steam -H cat "$HOME/file"
expect_status 1 steam -H cat "$HOME/outside"
steam -H touch "$HOME/written"
[ -e "root$HOME/written" ] || fail 'the home cannot be written'
for dir in /usr /etc /var /; do
	expect_status 1 steam -H touch "$dir/new"
	expect_match 'Read-only|Permission denied'
done
# In /tmp is nothing of the host's.
expect_output 'home/' steam -H sh -c 'cd "$1" && ls -d */' sh "$T"
expect_status 0 steam -H sh -c ': >/tmp/new && : >/run/new && : >/dev/null && : >"/dev/shm/$1" && rm "/dev/shm/$1"' sh "nacre-$$"
[ ! -e /tmp/new ] || fail '/tmp is the host'"'"'s'
# What the user may write outside he may not in there, but with -W, and what lies in /tmp is not seen in either.
dir=$(mktemp -d /var/tmp/nacre.XXXXXX)
trap 'rm -r "$dir"' EXIT
expect_status 1 steam -H touch "$dir/new"
expect_match 'Read-only'
expect_status 0 steam -HW touch "$dir/new"
[ -e "$dir/new" ] || fail '-W: it cannot be written'
rm -r root
expect_status 125 steam -H true
expect_match "^steamns: cannot bind .*root$HOME"
