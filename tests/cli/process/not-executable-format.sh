# needs: userns overlay
# A program for another machine is 126, and says so; a text without #! is a script for sh.
cp "$REFUSE" foreign
printf '\265\0' | dd of=foreign bs=1 seek=18 conv=notrunc status=none # e_machine: nothing has it
expect_status 126 nacre run --rm -- ./foreign
expect_match '^nacre: cannot run \./foreign'
printf 'echo "script $1"\n' >script && chmod +x script
expect_output 'script a b' nacre run --rm -- ./script 'a b'
expect_output 'script c' nacre run --rm -e PATH="$T:$PATH" -- script c
