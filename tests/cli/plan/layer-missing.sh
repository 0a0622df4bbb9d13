# A layer that is not there, or is no directory, is an error, never left out.
mkdir root
touch file
expect_status 125 "$NACRE" run --root root -l none --dry-run true
expect_match 'none'
expect_status 125 "$NACRE" run --root root -l file --dry-run true
expect_match 'file'
expect_status 125 "$NACRE" run -l none --dry-run true
