# needs: userns overlay
# Two runs that would write to one place.
mkdir low up
mkfifo ready go
held()
{
	nacre run -b "$T" "$@" sh -c 'echo >ready; cat go' >/dev/null &
	cat ready
}

held -n shared
expect_error box-in-use nacre run -n shared true
expect_match 'held by process [0-9]+'
echo >go && wait
held --rm -o /mnt,lower=low,upper=up
expect_error upper-in-use nacre run --rm -o /mnt,lower=low,upper=up true
expect_match 'held by process [0-9]+'
echo >go && wait
