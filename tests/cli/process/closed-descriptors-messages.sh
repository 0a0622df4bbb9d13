# needs: userns overlay
# A message of nacre's is never written into one of its own files when stderr is closed.
expect_status 127 sh -c 'exec nacre run -n kept -- no-such-command <&- >&- 2>&-'
expect_status 0 sh -c 'exec nacre run -n kept -- sh -c "echo x >new" <&- >&- 2>&-'
! grep -r 'nacre:' "$XDG_STATE_HOME/nacre/boxes" || fail "it was written there"
