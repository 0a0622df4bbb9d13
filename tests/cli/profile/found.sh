# needs: tool:jq
# A name is looked for in the caller's directory first; a word with a slash is a file; nothing is read unasked.
mine=$XDG_CONFIG_HOME/nacre/profiles
mkdir -p "$mine" dir
printf '# mine\nhide /mine\n' >"$mine/one"
printf 'hide /file\n' >dir/one

hidden()
{
	nacre run --root / --dry-run --json "$@" | jq -r '.steps[] | select(.kind == "hide" and .origin) | .dst'
}

expect_output /mine hidden -p one
expect_output /mine hidden --profile=one
expect_output /file hidden -p dir/one
expect_output /file hidden -p "$T/dir/one"
XDG_CONFIG_HOME=relative expect_output /mine hidden -p one
expect_error profile-missing nacre run -p nowhere true
expect_match 'looked in .*/home/.config/nacre/profiles'
expect_error profile-missing nacre run -p onee true
expect_match 'did you mean one\?'
expect_error profile-missing nacre run -p dir true
expect_match 'write ./dir for the file'
expect_error profile-missing nacre run -p dir/two true

# A line is about the caller's directory, wherever the profile is.
printf 'hide here\nhide ~/there\n' >dir/paths
mkdir sub && cd sub
expect_output "$T/sub/here
$T/home/there" hidden -p ../dir/paths

# The origin of a step is its line.
expect_status 0 nacre run -p ../dir/paths --dry-run
expect_match "\(from $T/dir/paths, line 2: hide ~/there\)$"
