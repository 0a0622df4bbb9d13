# needs: userns overlay tty
# On a terminal: colour, a pager, and nothing that acts on it. Elsewhere every byte as it is.
mkdir d
cd d
nacre run -q -n b -- sh -c 'printf "esc \033[31m red\n" >f'
nacre diff b | grep -q "$(printf 'esc \033\[31m red')"
NACRE_PAGER='sed s/^/paged:/' on_terminal nacre diff b >../out
grep -q 'paged:.*diff --git' ../out
! grep -q "$(printf 'esc \033\[31m')" ../out
NACRE_PAGER=cat on_terminal nacre diff --color never b | grep -q '^diff --git'
NO_COLOR=1 on_terminal nacre diff --no-pager b | grep -q '^diff --git'
NACRE_PAGER=/no/such/pager on_terminal nacre diff b | grep -q 'diff --git'
PATH=/no/such expect_error diff-missing "$NACRE" diff b 2>/dev/null || true
