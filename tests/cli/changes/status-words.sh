# needs: userns overlay
# Words: a box, then paths and patterns; a box that is not there, a path that means nothing.
mkdir -p src/deep
nacre run -q -n first -- sh -c 'touch src/a.py src/deep/b.py src/c.c "src/[x]" ~/dot'
nacre run -q -n second -- touch other
expect_output "A	$T/other" nacre status --porcelain
expect_output "A	$T/src/a.py
A	$T/src/deep/b.py" nacre status --porcelain first '*.py'
expect_output "A	$T/src/[x]" nacre status --porcelain first 'src/[x]'
# shellcheck disable=SC2088 # for nacre, which knows it
expect_output "A	$T/home/dot" nacre status --porcelain first '~/dot'
cd src
expect_output "A	$T/src/deep/b.py" nacre status --porcelain first ../src/deep
expect_output "A	$T/src/a.py" nacre status first --porcelain -- a.py
expect_error box-unknown nacre status fisrt
expect_match 'no box'
expect_error change-unknown nacre status first nothing
expect_match 'no change matches nothing'
expect_error usage-unknown-option nacre status --porcelian
expect_match 'did you mean --porcelain'
