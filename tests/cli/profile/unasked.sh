# needs: tool:strace
# Without -p nothing of profiles is looked at.
mkdir -p "$XDG_CONFIG_HOME/nacre/profiles"
echo ro >"$XDG_CONFIG_HOME/nacre/profiles/default"
strace -f -o trace "$NACRE" run --dry-run true >plan
! grep -F profiles trace || fail "profiles are looked at"
strace -f -o trace "$NACRE" run -p default --dry-run true >plan
expect_status 0 grep -F profiles/default trace
