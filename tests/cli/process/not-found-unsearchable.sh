# needs: user userns overlay
# A directory of PATH that may not be searched hides no command and makes none "not executable".
mkdir closed && chmod 000 closed
expect_status 127 nacre run --rm -e PATH="$T/closed:$PATH" -- no-such-command
expect_status 0 nacre run --rm -e PATH="$T/closed:$PATH" -- true
chmod 700 closed
