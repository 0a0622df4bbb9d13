# needs: userns
# TYPE,DEVICE,DIR: a file system by its name, bind, rbind, and nothing, for flags alone.
# shellcheck source=/dev/null
. "$SOURCE/tests/lib/stand-in.sh"
mkdir a b c src src/sub
echo here >src/file
expect_output tmpfs overlayns -m tmpfs,whatever,a stat -f -c %T a
expect_output here overlayns -m bind,src,b cat b/file
expect_output here overlayns -m "rbind,$T/src,$T/c" cat c/file
# A relative device is one of the working directory, and so is a relative place.
expect_output here sh -c 'cd src && nacre as overlayns -m bind,.,../b cat ../b/file'
# bind as a word, with a type that says nothing.
expect_output here overlayns -m none,src,b,bind cat b/file
expect_output here overlayns -m ,src,b,bind,rec cat b/file
expect_status 0 overlayns -m ,none,/,slave,rec true
expect_status 0 overlayns -m tmpfs,none,a -m ,none,a,remount,ro sh -c '! touch a/x 2>/dev/null'
expect_output moved overlayns -m tmpfs,none,a -m bind,src,a,ro -m ,a,b,move sh -c '[ -e b/file ] && [ ! -e a/file ] && echo moved'
# A file on a file.
touch place
expect_output here overlayns -m bind,src/file,place cat place
# What the kernel does not have, or gives nobody, is said.
expect_status 125 overlayns -m nosuchfs,none,a true
expect_match '^overlayns: cannot mount nosuchfs on .*/a: this kernel has no such file system'
expect_status 33 overlayns -m ,none,a true
# A line as it was typed stands beside the step.
expect_status 125 overlayns -m tmpfs,none,a -m tmpfs,none,b,nosuchword=1 true
expect_match '\(from -m tmpfs,none,b,nosuchword=1\)'
