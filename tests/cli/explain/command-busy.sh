# needs: userns
# A program that is still being written.
cp "$(type -P true)" program
exec 3>>program
expect_error 126 command-busy nacre run --rw ./program
