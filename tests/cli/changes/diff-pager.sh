# needs: userns overlay tty
# On a terminal: colour, a pager, and nothing that acts on it. Elsewhere every byte as it is.
mkdir d
cd d
echo old >changed
nacre run -q -n b -- sh -c 'printf "esc \033[31m red\n" >f; echo new >changed'
nacre diff b f >../out
grep -q "$(printf 'esc \033\[31m red')" ../out
NACRE_PAGER='sed s/^/paged:/' on_terminal nacre diff b f >../out
grep -q 'paged:.*diff --git' ../out
grep -qF 'esc ^[[31m red' ../out
NACRE_PAGER="cat" on_terminal nacre diff --color never b >../out
grep -q '^diff --git' ../out
NO_COLOR=1 on_terminal nacre diff --no-pager b >../out
grep -q '^diff --git' ../out
NACRE_PAGER=/no/such/pager on_terminal nacre diff b >../out
grep -q 'diff --git' ../out
expect_error diff-missing env PATH=/no/such/directory "$NACRE" diff b changed
