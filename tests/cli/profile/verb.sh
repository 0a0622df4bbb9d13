# needs: tool:jq
# nacre profile lists them and shows one, for people and for programs.
mine=$XDG_CONFIG_HOME/nacre/profiles
names()
{
	nacre profile list --json | jq -r --arg dir "$mine" '.profiles[] | select(.directory == $dir) | .name'
}

mkdir -p "$mine"
expect_status 0 nacre profile
printf '#  does\tthings\nro\n' >"$mine/b"
printf 'net none\n# late\ninclude b\nsymlink "a b" ~/c\nenv "X=\\x0a"\n' >"$mine/a"
printf '# \033[31m\n' >"$mine/c"
mkdir "$mine/dir"
touch "$mine/.hidden" "$mine/with blank" "$mine/back~"
mkfifo "$mine/fifo"
expect_output 'a
b
c' names
expect_status 0 nacre profile list
expect_match "^a  *$mine\$"
expect_match "^b  *$mine  does\$"
expect_match "^c  *$mine\$"
nacre __complete profiles >names
expect_status 0 grep -x b names

expect_output "# $mine/a
net none
# $mine/b
ro
# $mine/a
symlink \"a b\" ~/c
env \"X=\\x0a\"" nacre profile show a
nacre profile show a >shown
nacre run -p ./shown --dry-run --as-profile >once
nacre run -p a --dry-run --as-profile >twice
expect_status 0 cmp once twice
nacre profile show --json a >shown
expect_output '["net","ro","symlink","env"]' jq -c '[.options[].option]' shown
expect_output '["a b","~/c",4]' jq -c '.options[2] | [.value, .place, .line]' shown
expect_error profile-missing nacre profile show nowhere
expect_error usage-words nacre profile show
expect_error usage-words nacre profile a
expect_error usage-words nacre profile show a b
echo bogus >>"$mine/a"
expect_error usage-unknown-option nacre profile show a
