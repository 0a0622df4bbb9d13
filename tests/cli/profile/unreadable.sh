# needs: user
# A profile that must not be read ends everything, also where another one has its name.
mkdir -p "$XDG_CONFIG_HOME/nacre/profiles"
echo ro >p
chmod 0 p
expect_error profile-unreadable nacre run -p ./p true
chmod 0 "$XDG_CONFIG_HOME/nacre/profiles"
expect_error profile-unreadable nacre run -p agent true
expect_error profile-unreadable nacre profile list
chmod 700 "$XDG_CONFIG_HOME/nacre/profiles"
