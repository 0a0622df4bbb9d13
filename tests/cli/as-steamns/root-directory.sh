# needs: userns
# -p PATH: the root directory, written to for real; without it $HOME/.local/steam, of the home in passwd when HOME is not set.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
steam_root root
expect_output base steamns -p "$T/root" cat /etc/file
expect_output base steamns -p root cat /etc/file
steam touch /home/new /new "$HOME/at-home"
[ -e root/home/new ] && [ -e root/new ] && [ -e "root$HOME/at-home" ] || fail 'nothing was written'
export HOME=$T/home
mkdir -p home/.local
mv root home/.local/steam
expect_output base steamns cat /etc/file
# A link to it, and one in it whose text leads outside of it.
ln -s home/.local/steam here
ln -s "$T" home/.local/steam/out
expect_output base steamns -p here cat /etc/file
expect_status 1 steamns cat /out/here/etc/file
expect_error root-missing steamns -p nowhere true
expect_match '^steamns: cannot use .*/nowhere as the root'
home=$(awk -F: -v id="$(id -u)" '$3 == id { print $6; exit }' /etc/passwd)
[ -e "$home/.local/steam" ] || {
	expect_error root-missing env -u HOME steamns -G true
	expect_match "cannot use $home/.local/steam as the root"
}
