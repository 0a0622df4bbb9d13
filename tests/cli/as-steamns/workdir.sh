# needs: userns
# The command begins in $HOME, or in / where the root has none; with -w in the caller's directory, by its name in there: below the root
# below /, in /media the same, elsewhere below /mnt, where -k keeps it. Where it cannot be entered the status is 50.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/steamns.sh"
steam_root root
mkdir -p root/home/sub/deep here
expect_output "$HOME" steam pwd
expect_output "$HOME" sh -c 'cd root/home/sub && steamns -p "$T/root" pwd'
expect_output /home/sub/deep sh -c 'cd root/home/sub/deep && steamns -wp "$T/root" pwd'
expect_output / sh -c 'cd root && steamns -wp "$T/root" pwd'
ln -s root link
expect_output /home/sub sh -c 'cd link/home/sub && steamns -wp "$T/link" pwd'
expect_output "/mnt$T/here" sh -c 'cd here && steamns -wkp "$T/root" pwd'
expect_status 50 sh -c 'cd here && steamns -wp "$T/root" pwd'
expect_match "^steamns: cannot work in /mnt$T/here"
expect_output "$T/here" sh -c 'cd here && steamns -wMp "$T/root" pwd'
mkdir "root$HOME/games"
expect_output "$HOME/games" sh -c 'cd "root$HOME/games" && steamns -wHp "$T/root" pwd'
expect_output /usr sh -c 'cd /usr && steamns -wHp "$T/root" pwd'
[ ! -d /media ] || expect_output /media sh -c 'cd /media && steamns -wp "$T/root" pwd'
# A joiner has his own, whatever the creator's was.
sh -c 'cd root/home/sub && exec steamns -wp "$T/root" -c "$T/ns" sleep 1000' &
creator=$!
wait_until test -L ns
expect_output "$HOME" steam -j ns pwd
expect_output /home/sub/deep sh -c 'cd root/home/sub/deep && steamns -wp "$T/root" -j "$T/ns" pwd'
expect_status 50 sh -c 'cd here && steamns -wp "$T/root" -j "$T/ns" pwd'
kill $creator
wait $creator || true
rm -r "root${HOME%/*}"
expect_output / steam pwd
