# needs: userns overlay tool:python3
# The profiles that come with nacre do what they say.
mkdir -p "$XDG_CONFIG_HOME/nacre" home/project home/other home/.ssh home/.config/gh
ln -s "$SOURCE/profiles" "$XDG_CONFIG_HOME/nacre/profiles"
echo secret | tee home/.ssh/id home/.config/gh/token home/.netrc home/other/file >home/.keep
cd home/project
for name in agent build readonly secrets; do
	expect_status 0 nacre run -p "$name" --dry-run true
	expect_status 0 nacre run -p "$SOURCE/profiles/$name" --dry-run true
	expect_status 0 nacre profile show "$name"
done

# agent: this directory alone, and what is written is kept.
GITHUB_TOKEN=x expect_output 'none' nacre run -q -n a -p agent sh -c 'echo "${GITHUB_TOKEN-none}"; :>new'
[ "$(nacre run -q -n a -p agent sh -c 'ls -A ~ | tr "\n" " "')" = 'project ' ] || fail "the home is seen"
[ ! -e new ]
nacre status a >list
grep -q "A new" list || fail "$(cat list)"
nacre rm a

# secrets: the home is there but for them.
expect_output '' nacre run -q --rm -p secrets sh -c 'cat ~/.netrc; ls ~/.ssh; ls ~/.config/gh'
expect_output secret nacre run -q --rm -p secrets cat ../other/file

# build: no network, few variables.
expect_output 'lo
unset' env FOO=x nacre run -q --rm -p build sh -c 'ls /sys/class/net; echo "${FOO-unset}"'
expect_output secret nacre run -q --rm -p build cat ../other/file

# steam: what is there of the desktop; a socket for the sound will do.
python3 -c 'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])' "$T/pulse"
PULSE_SERVER=unix:$T/pulse expect_status 0 nacre run -p steam --dry-run true
expect_match 'bind of .*/pulse'
expect_status 0 nacre profile show steam

# readonly.
expect_status 1 nacre run -p readonly touch new
expect_match 'Read-only file system'
