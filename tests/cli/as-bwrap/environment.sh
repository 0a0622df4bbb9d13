# needs: userns
# The environment in the order of the options; PWD, and where the command begins.
export ONE=1 TWO=2
expect_output '1--3' nacre as bwrap --ro-bind / / --unsetenv TWO --setenv THREE 3 sh -c 'echo "$ONE-$TWO-$THREE"'
expect_output "PWD=/
X=y" sh -c '"$0" as bwrap --ro-bind / / --setenv A b --clearenv --setenv X y --chdir / /usr/bin/env | sort' "$NACRE"
mkdir -p in/side
ln -s in/side link
cd link
# By the name that the caller has for it.
expect_output "$T/link $T/link" nacre as bwrap --ro-bind / / sh -c 'echo "$PWD $(pwd -L)"'
# Not there: the home, and then /.
expect_output '/usr /usr' nacre as bwrap --ro-bind /usr /usr --symlink usr/lib64 /lib64 --symlink usr/lib /lib \
	--setenv HOME /usr /usr/bin/sh -c 'echo "$PWD $(pwd -P)"'
expect_output '/ /' nacre as bwrap --ro-bind /usr /usr --symlink usr/lib64 /lib64 --symlink usr/lib /lib \
	--setenv HOME /none /usr/bin/sh -c 'echo "$PWD $(pwd -P)"'
expect_output name nacre as bwrap --ro-bind / / --argv0 name sh -c 'tr "\0" "\n" </proc/$$/cmdline | head -n 1'
