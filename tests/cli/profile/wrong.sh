# What can be wrong with a profile, each with file and line.
printf 'ro\nhide "x\n' >p
expect_error profile-line nacre run -p ./p true
expect_match "from $T/p, line 2"
printf 'ro\n\nnet nowhere\n' >p
expect_error spec-value nacre run -p ./p true
expect_match "from $T/p, line 3"
expect_match '            \^\^\^\^\^\^\^$'
printf 'hide a\0b\n' >p
expect_error profile-line nacre run -p ./p true
for word in dry-run json quiet verbose as-profile help; do
	echo "$word" >p
	expect_error profile-line nacre run -p ./p true
done
printf 'apply\n' >p
expect_error profile-line nacre try -p ./p true
printf 'profile x\n' >p
expect_error profile-line nacre run -p ./p true
printf 'include\n' >p
expect_error profile-line nacre run -p ./p true
printf 'ro\n' >p
expect_error usage-unknown-option nacre try -p ./p true
expect_match 'nacre try does not take it'
printf 'hide ~\n' >p
expect_error profile-home env -u HOME "$NACRE" run -p ./p true
printf 'include ~/x\n' >p
expect_error profile-home env -u HOME "$NACRE" run -p ./p true

expect_error profile-no-file nacre run -p <(:) true
mkfifo fifo
for place in ./fifo ./ /dev/null; do
	expect_error profile-no-file nacre run -p "$place" true
done
mkdir -p "$XDG_CONFIG_HOME/nacre/profiles/dir"
expect_error profile-no-file nacre run -p dir true
ln -s loop loop
expect_error profile-unreadable nacre run -p ./loop true
{ yes '# a comment' || true; } | head -c 1100000 >p
expect_error profile-size nacre run -p ./p true
head -c 700000 p >half
printf 'include ./half\ninclude ./half\n' >p
expect_error profile-size nacre run -p ./p true
expect_match "from $T/p, line 2"
printf '\n' >p
expect_status 0 nacre run -p ./p --dry-run
: >p
expect_status 0 nacre run -p ./p --dry-run
